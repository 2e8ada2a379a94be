channel_file::template_type! {
    struct PipeCreated = "pipe_created", id 17, version 1 {
        pipe_name: text = "PipeName",
        process_id: unsigned = "ProcessId" [glob],
    }
}

fn main() {}
