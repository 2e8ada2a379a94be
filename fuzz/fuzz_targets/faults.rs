#![no_main]
channel_file_fuzz::inputs!("faults");
