channel_file::template_type! {
    /// A named pipe was created.
    struct PipeCreated = "pipe_created", id 17, version 1 {
        pipe_name: text = "PipeName",
        image: text = "Image",
        process_id: unsigned = "ProcessId",
    }
}

fn main() {
    let _ = PipeCreated { pipe_name: Some(7), image: None, process_id: None };
}
