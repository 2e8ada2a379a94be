//! Roots that can panic: each must be found, or the proof proves nothing.

super::roots! {
    fn root_negative_control(bytes: &[u8], index: usize) -> u8 {
        bytes[index]
    }
}

// Where functions of others are let through, a panic in yet another must still be found.
#[cfg(feature = "formatting")]
super::roots! {
    fn root_negative_control_in_a_table(value: &f64) -> &dyn core::fmt::Debug {
        value
    }
}

#[cfg(feature = "writer")]
super::roots! {
    fn root_negative_control_of_the_writer(bytes: &mut alloc::vec::Vec<u8>, index: usize) -> u8 {
        bytes.remove(index)
    }
}
