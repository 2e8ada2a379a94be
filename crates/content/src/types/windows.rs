//! The event types of Windows that come with this crate, as source files.

use super::TypeLibrary;
use crate::Source;
use crate::source::declared_types;

macro_rules! sources {
    ($($name:literal,)+) => {
        /// One file a type.
        const SOURCES: &[Source<'static>] = &[$(
            Source {
                name: concat!("windows/", $name, ".yaml"),
                text: include_str!(concat!("../../types/windows/", $name, ".yaml")),
            },
        )+];
    };
}

sources![
    "clipboard_capture",
    "create_remote_thread",
    "create_stream_hash",
    "dns_query",
    "driver_load",
    "file_block_executable",
    "file_block_shredding",
    "file_change",
    "file_delete",
    "file_delete_detected",
    "file_event",
    "file_executable_detected",
    "image_load",
    "network_connection",
    "pipe_created",
    "process_access",
    "process_creation",
    "process_tampering",
    "process_termination",
    "ps_classic_provider_start",
    "ps_classic_script",
    "ps_classic_start",
    "ps_module",
    "ps_script",
    "raw_access_thread",
    "registry_add",
    "registry_delete",
    "registry_event",
    "registry_rename",
    "registry_set",
    "sysmon_error",
    "sysmon_status",
    "wmi_event",
];

pub(super) fn types() -> TypeLibrary {
    let mut library = TypeLibrary::new();
    // A test shows that nothing is refused.
    for template_type in SOURCES.iter().flat_map(|source| declared_types(source).0) {
        drop(library.insert(template_type));
    }
    library
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_read_whole() {
        let mut library = TypeLibrary::new();
        for source in SOURCES {
            let (types, diagnostics) = declared_types(source);
            assert_eq!(diagnostics, [], "{}", source.name);
            let newest = types.last().unwrap();
            assert_eq!(format!("windows/{}.yaml", newest.name()), source.name);
            for template_type in types {
                library.insert(template_type).unwrap();
            }
        }
        assert_eq!(library.types(), types().types());
        assert_eq!(library.names().count(), SOURCES.len(), "no two types share a name");
    }

    #[test]
    fn every_file_is_in_the_list() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/types/windows");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), SOURCES.len());
    }
}
