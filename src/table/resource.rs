//! What an ARN names: a table, an index of it, a stream of it.

use super::arn::Origin;

/// An ARN of something of DynamoDB's, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceArn<'a> {
    /// `aws`, `aws-cn`, …
    pub partition: &'a str,
    /// For example `us-east-1`.
    pub region: &'a str,
    /// Twelve digits.
    pub account: &'a str,
    /// The table's name.
    pub table: &'a str,
    /// What of the table.
    pub part: Part<'a>,
}

/// What of a table an ARN names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// The table.
    Table,
    /// An index, by its name.
    Index(&'a str),
    /// A stream, by its label.
    Stream(&'a str),
}

/// Why text is not the ARN of a table, an index or a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadArn {
    /// It does not begin as ARNs do.
    NoArn,
    /// It names something else.
    Foreign,
}

impl<'a> ResourceArn<'a> {
    /// Reads an ARN.
    ///
    /// # Errors
    /// [`BadArn`]
    pub fn parse(text: &'a str) -> Result<Self, BadArn> {
        let rest = text.strip_prefix("arn:").ok_or(BadArn::NoArn)?;
        let mut fields = rest.splitn(5, ':');
        let mut field = || fields.next().ok_or(BadArn::Foreign);
        let (partition, service, region, account, resource) = (field()?, field()?, field()?, field()?, field()?);
        let path = resource.strip_prefix("table/").ok_or(BadArn::Foreign)?;
        // A stream's label has colons and no slash.
        let (table, part) = match path.split_once('/') {
            None => (path, Part::Table),
            Some((table, inner)) => match inner.split_once('/') {
                Some(("index", name)) if is_last(name) => (table, Part::Index(name)),
                Some(("stream", label)) if is_last(label) => (table, Part::Stream(label)),
                Some(_) | None => return Err(BadArn::Foreign),
            },
        };
        let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        if service != "dynamodb" || region.is_empty() || !is_account || !is_table_name(table) {
            return Err(BadArn::Foreign);
        }
        Ok(ResourceArn {
            partition,
            region,
            account,
            table,
            part,
        })
    }

    /// True if the ARN is of the partition and region that `origin` is in.
    pub fn is_in_region(&self, origin: &Origin) -> bool {
        self.partition == "aws" && self.region == &*origin.region
    }

    /// True if the ARN is of the account that `origin` is.
    pub fn is_of_account(&self, origin: &Origin) -> bool {
        self.account == &*origin.account
    }
}

fn is_last(name: &str) -> bool {
    !name.is_empty() && !name.contains('/')
}

fn is_table_name(name: &str) -> bool {
    (3..=255).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(resource: &str) -> Result<(String, Option<String>), BadArn> {
        let text = format!("arn:aws:dynamodb:us-east-1:123456789012:{resource}");
        ResourceArn::parse(&text).map(|arn| {
            let part = match arn.part {
                Part::Table => None,
                Part::Index(name) | Part::Stream(name) => Some(name.to_owned()),
            };
            (arn.table.to_owned(), part)
        })
    }

    #[test]
    fn tables_indexes_and_streams_are_named() {
        assert_eq!(parse("table/films"), Ok(("films".to_owned(), None)));
        assert_eq!(
            parse("table/films/index/by-year"),
            Ok(("films".to_owned(), Some("by-year".to_owned())))
        );
        assert_eq!(
            parse("table/films/stream/2030-01-01T00:00:00.000"),
            Ok(("films".to_owned(), Some("2030-01-01T00:00:00.000".to_owned())))
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for resource in [
            "table/",
            "table/ab",
            "table/films/",
            "table/films/backup/0170",
            "table/films/index/",
            "table/films/index/a/b",
            "table/a film",
            "global-table/films",
            "films",
        ] {
            assert_eq!(parse(resource), Err(BadArn::Foreign), "{resource}");
        }
        for (text, fault) in [
            ("films", BadArn::NoArn),
            ("", BadArn::NoArn),
            ("arn:aws:s3:us-east-1:123456789012:table/films", BadArn::Foreign),
            ("arn:aws:dynamodb:us-east-1:1234:table/films", BadArn::Foreign),
            ("arn:aws:dynamodb::123456789012:table/films", BadArn::Foreign),
            ("arn:aws:dynamodb", BadArn::Foreign),
        ] {
            assert_eq!(ResourceArn::parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_place_is_compared_field_by_field() {
        let here = Origin::new("us-east-1", "123456789012");
        let arn = |text| ResourceArn::parse(text).expect("an ARN");
        let own = arn("arn:aws:dynamodb:us-east-1:123456789012:table/films");
        assert!(own.is_in_region(&here) && own.is_of_account(&here));
        assert!(!arn("arn:aws:dynamodb:eu-west-2:123456789012:table/films").is_in_region(&here));
        assert!(!arn("arn:aws-cn:dynamodb:us-east-1:123456789012:table/films").is_in_region(&here));
        assert!(!arn("arn:aws:dynamodb:us-east-1:210987654321:table/films").is_of_account(&here));
    }
}
