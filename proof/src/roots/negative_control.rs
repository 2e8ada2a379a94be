//! A root that can panic.

super::roots! {
    fn root_negative_control(bytes: &[u8], index: usize) -> u8 {
        bytes[index]
    }
}
