channel_file::template_type! {
    struct PipeCreated = "pipe_created", id 17, version 1 {
        pipe_name: text = "PipeName",
        image: text = "PipeName",
    }
}

fn main() {}
