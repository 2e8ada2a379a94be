//! What this sensor supplies: each template type once, in the newest version that it knows.
//!
//! Schema, input struct and the number of inputs come from the same list of fields, so they cannot disagree. They have to be those
//! that content is written against, field for field: `Interpreter::load` compares them and refuses content otherwise.

use channel_file::template::{SensorType, SensorTypes};

channel_file::template_type! {
    /// A named pipe was created or connected to: Sysmon's events 17 and 18.
    pub(crate) struct PipeCreated = "pipe_created", id 17, version 1 {
        rule_name: text = "RuleName",
        event_type: text = "EventType",
        utc_time: text = "UtcTime",
        process_guid: text = "ProcessGuid",
        process_id: text = "ProcessId",
        pipe_name: text = "PipeName",
        image: text = "Image",
        user: text = "User",
    }
}

channel_file::template_type! {
    /// A process was created: Sysmon's event 1. Newer sensors have a version 2 with two fields more.
    pub(crate) struct ProcessCreation = "process_creation", id 1, version 1 {
        rule_name: text = "RuleName",
        utc_time: text = "UtcTime",
        process_guid: text = "ProcessGuid",
        process_id: text = "ProcessId",
        image: text = "Image",
        file_version: text = "FileVersion",
        description: text = "Description",
        product: text = "Product",
        company: text = "Company",
        original_file_name: text = "OriginalFileName",
        command_line: text = "CommandLine",
        current_directory: text = "CurrentDirectory",
        user: text = "User",
        logon_guid: text = "LogonGuid",
        logon_id: text = "LogonId",
        terminal_session_id: text = "TerminalSessionId",
        integrity_level: text = "IntegrityLevel",
        hashes: text = "Hashes",
        parent_process_guid: text = "ParentProcessGuid",
        parent_process_id: text = "ParentProcessId",
        parent_image: text = "ParentImage",
        parent_command_line: text = "ParentCommandLine",
        parent_user: text = "ParentUser",
    }
}

/// All of them. Loaded content remembers the types that it was loaded for; as constants they are there as long as it.
pub(crate) const SENSOR: SensorTypes<'static> = SensorTypes::new(
    const { &[SensorType::of::<PipeCreated<'static>>(), SensorType::of::<ProcessCreation<'static>>()] },
);
