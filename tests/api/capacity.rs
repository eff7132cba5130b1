//! Consumed capacity, as AWS was seen to charge it.
