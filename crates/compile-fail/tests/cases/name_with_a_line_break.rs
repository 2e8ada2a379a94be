channel_file::template_type! {
    struct PipeCreated = "pipe\ncreated", id 17, version 1 {
        pipe_name: text = "PipeName",
    }
}

fn main() {}
