//! The template type: 21 fields, in one list. Authors of content believe it.

use channel_file::template::FieldKind::{Text, Unsigned};
use channel_file::template::{DeclaredField, DeclaredType, FieldKind};

/// The only type that the sensor has.
pub const INTERPROCESS_COMMUNICATION: DeclaredType<'static> =
    DeclaredType { id: 29, version: 1, name: "interprocess_communication", fields: FIELDS };

const FIELDS: &[DeclaredField<'static>] = &[
    field("PipeName", Text),
    field("Operation", Text),
    field("Image", Text),
    field("CommandLine", Text),
    field("ProcessId", Unsigned),
    field("ThreadId", Unsigned),
    field("ParentImage", Text),
    field("ParentCommandLine", Text),
    field("User", Text),
    field("IntegrityLevel", Text),
    field("Session", Unsigned),
    field("PeerImage", Text),
    field("PeerProcessId", Unsigned),
    field("PeerUser", Text),
    field("PeerHost", Text),
    field("AccessMask", Unsigned),
    field("OpenMode", Text),
    field("PipeMode", Text),
    field("InstanceLimit", Unsigned),
    field("SecurityDescriptor", Text),
    field("CallerModule", Text),
];

const fn field(name: &'static str, kind: FieldKind) -> DeclaredField<'static> {
    DeclaredField { name, kind, operators: kind.operators(), since: 1 }
}
