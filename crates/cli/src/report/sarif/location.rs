//! Where a result is: in a file, and in the content.

use serde::Serialize;

use crate::finding::Finding;
use crate::report::found::Found;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<PhysicalLocation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    name: String,
    kind: &'static str,
    fully_qualified_name: String,
}

/// Where a finding is: in the source, or else in the channel file and its content.
pub(super) fn locations(file: Option<&str>, finding: &Found) -> Vec<Location> {
    let physical_location = match &finding.source {
        Some(source) => physical(&source.file, Some(source.line), Some(source.column)),
        None => file.and_then(|file| physical(file, None, None)),
    };
    let logical_locations = logical(finding);
    if physical_location.is_none() && logical_locations.is_empty() {
        return Vec::new();
    }
    vec![Location { physical_location, logical_locations }]
}

impl Location {
    /// Where something is that is no finding of the validator.
    pub(super) fn of_finding(finding: &Finding) -> Option<Self> {
        let number = |number: Option<usize>| number.map(crate::number::count);
        let physical_location = physical(&finding.file, number(finding.line), number(finding.column))?;
        Some(Self { physical_location: Some(physical_location), logical_locations: Vec::new() })
    }
}

/// Standard input has no location.
fn physical(file: &str, line: Option<u64>, column: Option<u64>) -> Option<PhysicalLocation> {
    if file.is_empty() || file == "-" {
        return None;
    }
    let region = line.map(|start_line| Region { start_line, start_column: column.filter(|column| *column > 0) });
    Some(PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(file) }, region })
}

/// The rule, then the instance, then the field; each knows those around it.
fn logical(finding: &Found) -> Vec<LogicalLocation> {
    let place = &finding.place;
    let field = place.field_number.map(|number| {
        let name = place.field_name.as_deref().unwrap_or_default();
        format!("field {number} {name}").trim_end().to_owned()
    });
    let parts = [
        ("rule", place.rule.clone()),
        ("instance", place.instance.map(|instance| format!("instance {instance}"))),
        ("example", place.example.map(|example| format!("example {example}"))),
        ("field", field),
    ];
    let mut around = String::new();
    let mut logical = Vec::new();
    for (kind, name) in parts {
        let Some(name) = name else { continue };
        if !around.is_empty() {
            around.push_str(" · ");
        }
        around.push_str(&name);
        logical.push(LogicalLocation { name, kind, fully_qualified_name: around.clone() });
    }
    logical
}

/// A path as a reference: relative to where the program ran, or of the scheme `file` where the path is absolute.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if path.as_bytes().get(1) == Some(&b':') && cfg!(windows) {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        for (path, expected) in [
            ("rules/pipe.yaml", "rules/pipe.yaml"),
            ("./a b.yaml", "a%20b.yaml"),
            ("/rules/ß.yaml", "file:///rules/%C3%9F.yaml"),
            ("../x:y%.chan", "../x%3Ay%25.chan"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
