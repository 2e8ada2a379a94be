channel_file::template_type! {
    struct PipeCreated = "pipe_created", id 17, version 2 {
        pipe_name: text = "PipeName" since 2,
        image: text = "Image",
    }
}

fn main() {}
