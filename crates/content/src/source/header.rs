//! The document that says which channel file it all becomes.

use crate::findings::Findings;
use crate::yaml::{Node, under};

/// Channel and content version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) channel: u32,
    /// 1 where the document does not say.
    pub(crate) content_version: u64,
}

pub(crate) fn read(root: &Node<'_>, findings: &mut Findings<'_>) -> Option<Header> {
    let entries = root.entries();
    findings.only_known_keys(entries, &["channel", "content-version"], "a channel");
    let channel = under(entries, "channel").and_then(|node| findings.number(node, 0..=u32::MAX));
    let content_version = match under(entries, "content-version") {
        None => Some(1),
        Some(node) => findings.number(node, 1..=u64::MAX),
    };
    let header = Header { channel: channel?, content_version: content_version? };
    findings.is_empty().then_some(header)
}
