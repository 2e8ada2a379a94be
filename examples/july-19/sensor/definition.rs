//! The template type, as its definition has it: 21 fields. Authors, compiler and validator believe this list.
//!
//! A reconstruction: what the fields of the real type are called was never published. These names are invented.

channel_file::template_type! {
    /// A process created a named pipe, or opened one.
    pub(crate) struct InterprocessCommunication = "interprocess_communication", id 29, version 1 {
        pipe_name: text = "PipeName",
        operation: text = "Operation",
        image: text = "Image",
        command_line: text = "CommandLine",
        process_id: unsigned = "ProcessId",
        thread_id: unsigned = "ThreadId",
        parent_image: text = "ParentImage",
        parent_command_line: text = "ParentCommandLine",
        user: text = "User",
        integrity_level: text = "IntegrityLevel",
        session: unsigned = "Session",
        peer_image: text = "PeerImage",
        peer_process_id: unsigned = "PeerProcessId",
        peer_user: text = "PeerUser",
        peer_host: text = "PeerHost",
        access_mask: unsigned = "AccessMask",
        open_mode: text = "OpenMode",
        pipe_mode: text = "PipeMode",
        instance_limit: unsigned = "InstanceLimit",
        security_descriptor: text = "SecurityDescriptor",
        caller_module: text = "CallerModule",
    }
}
