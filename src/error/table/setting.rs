//! What can be wrong about a table's stream and its encryption.

use super::INVALID;
use std::fmt;

/// A fault of a stream or of encryption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingFault {
    /// A view type for a stream that is off.
    StreamDisabledWithView,
    /// A stream that is on, without a view type.
    StreamWithoutView,
    /// UpdateTable enables a stream that is on.
    StreamEnabledAlready {
        /// The table.
        table: String,
    },
    /// UpdateTable disables a stream that is off.
    StreamDisabledAlready {
        /// The table.
        table: String,
    },
    /// UpdateTable enables a stream without saying what it carries.
    StreamEnabledWithoutView,
    /// UpdateTable disables a stream and says what it carries.
    StreamDisabledViewed,
    /// `SSEType: AES256`, which only shows in descriptions of old tables.
    EncryptionType,
    /// A type or a key with encryption disabled.
    EncryptionDisabled {
        /// `SSEType` or `KMSMasterKeyId`.
        member: &'static str,
    },
    /// A key without the type that has keys.
    EncryptionKeyWithoutType,
    /// UpdateTable disables encryption that is not enabled.
    EncryptedByDefault,
    /// UpdateTable names the key that is in use.
    EncryptedWithKey,
}

impl fmt::Display for SettingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingFault::StreamDisabledWithView => write!(
                f,
                "{INVALID}Table is being created with a stream disabled, UpdateViewType should not be specified"
            ),
            SettingFault::StreamWithoutView => write!(
                f,
                "{INVALID}Table is being created with a stream enabled, UpdateViewType is required"
            ),
            SettingFault::StreamEnabledAlready { table } => write!(f, "Table already has an enabled stream: {table}"),
            SettingFault::StreamDisabledAlready { table } => {
                write!(f, "Table does not have a stream to disable: {table}")
            }
            SettingFault::StreamEnabledWithoutView => {
                write!(f, "{INVALID}If stream is being enabled then UpdateViewType is required")
            }
            SettingFault::StreamDisabledViewed => write!(
                f,
                "{INVALID}If stream is being disabled, then UpdateViewType must not be specified"
            ),
            SettingFault::EncryptionType => write!(f, "{INVALID}SSEType AES256 is not supported"),
            SettingFault::EncryptionDisabled { member } => {
                write!(f, "{INVALID}{member} can not be specified if Enabled is false")
            }
            SettingFault::EncryptionKeyWithoutType => {
                write!(f, "{INVALID}SSEType KMS is required if KMSMasterKeyId is specified")
            }
            SettingFault::EncryptedByDefault => write!(f, "{INVALID}Table is already encrypted by default"),
            SettingFault::EncryptedWithKey => write!(
                f,
                "{INVALID}Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key"
            ),
        }
    }
}
