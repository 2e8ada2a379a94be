#![no_main]
channel_file_fuzz::channel_files!("differential");
