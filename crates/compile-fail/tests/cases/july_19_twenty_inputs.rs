// The type of `examples/july-19`: 21 fields. What was written by hand in 2024 filled 20 of them, and compiled.
#[path = "../../../../examples/july-19/sensor/definition.rs"]
mod definition;

use definition::InterprocessCommunication;

fn main() {
    let _ = InterprocessCommunication {
        pipe_name: None,
        operation: None,
        image: None,
        command_line: None,
        process_id: None,
        thread_id: None,
        parent_image: None,
        parent_command_line: None,
        user: None,
        integrity_level: None,
        session: None,
        peer_image: None,
        peer_process_id: None,
        peer_user: None,
        peer_host: None,
        access_mask: None,
        open_mode: None,
        pipe_mode: None,
        instance_limit: None,
        security_descriptor: None,
    };
}
