//! Three types as Sysmon supplies them.

use channel_file::template::{FieldKind, TemplateType};
use channel_file_content::TypeLibrary;

pub(crate) const PROCESS_CREATION: &str = "RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company \
    OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes \
    ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser";
pub(crate) const PIPE_CREATED: &str = "RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User";
pub(crate) const NETWORK_CONNECTION: &str = "RuleName UtcTime ProcessGuid ProcessId Image User Protocol Initiated SourceIsIpv6 \
    SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname \
    DestinationPort DestinationPortName";

/// Every field is text.
pub(crate) fn library() -> TypeLibrary {
    let mut types = TypeLibrary::new();
    let extended = format!("{PROCESS_CREATION} GrandParentImage Provider_Name");
    for (id, version, name, fields) in [
        (1, 1, "process_creation", PROCESS_CREATION),
        (1, 2, "process_creation", &extended),
        (17, 1, "pipe_created", PIPE_CREATED),
        (3, 1, "network_connection", NETWORK_CONNECTION),
    ] {
        let builder = TemplateType::builder(id, version, name);
        let fields = fields.split_whitespace();
        let template_type = fields.fold(builder, |builder, field| builder.field(field, FieldKind::Text)).build();
        types.insert(template_type.unwrap()).unwrap();
    }
    types
}
