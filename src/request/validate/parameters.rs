//! Parameters that exclude each other or need each other.

use crate::error::item::ItemFault;

/// The parameters of a request that stand for or against expressions, each list in AWS's order.
pub(super) struct Parameters<'p> {
    /// Parameters that expressions have replaced, and whether they are there.
    pub legacy: &'p [(&'static str, bool)],
    /// Expressions, and whether they are there.
    pub expressions: &'p [(&'static str, bool)],
    /// True if ExpressionAttributeNames is there.
    pub names: bool,
    /// ExpressionAttributeValues, for operations that take them.
    pub values: Option<Values>,
}

/// Whether ExpressionAttributeValues is there, and what could use it.
pub(super) struct Values {
    /// True if it is there.
    pub given: bool,
    /// True if an expression that takes values is there.
    pub usable: bool,
    /// What is said to be null if none is.
    pub absent: Option<&'static str>,
}

fn given(parameters: &[(&'static str, bool)]) -> Vec<&'static str> {
    parameters
        .iter()
        .filter(|(_, given)| *given)
        .map(|(name, _)| *name)
        .collect()
}

impl Parameters<'_> {
    /// Refuses expressions together with what they replaced, and names or values without expressions.
    pub fn check(&self) -> Result<(), ItemFault> {
        let any = |parameters: &[(&'static str, bool)]| parameters.iter().any(|(_, given)| *given);
        let expressions = any(self.expressions);
        if expressions && any(self.legacy) {
            return Err(ItemFault::Mixed {
                legacy: given(self.legacy),
                expressions: given(self.expressions),
            });
        }
        if self.names && !expressions {
            return Err(ItemFault::NamesWithoutExpression);
        }
        match &self.values {
            Some(values) if values.given && !values.usable => {
                Err(ItemFault::ValuesWithoutExpression { absent: values.absent })
            }
            Some(_) | None => Ok(()),
        }
    }
}
