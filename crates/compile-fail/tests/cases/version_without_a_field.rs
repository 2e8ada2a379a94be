channel_file::template_type! {
    struct PipeCreated = "pipe_created", id 17, version 3 {
        pipe_name: text = "PipeName",
        image: text = "Image" since 2,
    }
}

fn main() {}
