//! Each line below a mark must be stopped by the lint, or as the method, that the mark names.

use std::cell::RefCell;

//~ missing_docs
pub fn undocumented() {}

/// Without a chapter on errors.
//~ clippy::missing_errors_doc
pub fn may_fail(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

/// Without a chapter on panics.
//~ clippy::missing_panics_doc
pub fn may_panic(value: Option<u8>) -> u8 {
    //~ clippy::unwrap_used
    value.unwrap()
}

mod inner {
    //~ unreachable_pub
    pub fn nobody_reaches_it() {}
}

/// What can panic, line by line.
pub fn panics(bytes: &[u8], text: &str, value: Option<u8>, number: u64) {
    inner::nobody_reaches_it();
    //~ clippy::indexing_slicing
    let _ = bytes[0];
    //~ clippy::string_slice
    let _ = &text[1..];
    //~ clippy::get_unwrap
    let _ = bytes.get(0).unwrap();
    //~ clippy::expect_used
    let _ = value.expect("a value");
    //~ clippy::arithmetic_side_effects
    let _ = number + 1;
    //~ clippy::as_conversions
    let _ = number as u8;
    match number {
        //~ clippy::panic
        0 => panic!("zero"),
        //~ clippy::todo
        1 => todo!(),
        //~ clippy::unimplemented
        2 => unimplemented!(),
        //~ clippy::unreachable
        3 => unreachable!(),
        _ => {}
    }
}

//~ clippy::panic_in_result_fn
fn in_a_result(value: Result<u8, ()>) -> Result<u8, ()> {
    assert!(value == Ok(1));
    //~ clippy::unwrap_in_result
    Ok(value.unwrap())
}

fn rules_of_style(value: Option<u8>) -> bool {
    let _ = in_a_result(value.ok_or(()));
    //~ clippy::needless_return
    return value.is_none();
}

//~ elided_lifetimes_in_paths
fn idioms(f: &mut std::fmt::Formatter) -> std::fmt::Result {
    rules_of_style(None).then_some(()).ok_or(std::fmt::Error)?;
    f.write_str("")
}

/// Code that another language would run.
pub fn unsafe_code(bytes: &[u8]) -> u8 {
    let _ = idioms;
    //~ unsafe_code
    unsafe { *bytes.as_ptr() }
}

/// The same once more.
pub fn undocumented_unsafe_block(bytes: &[u8]) -> u8 {
    //~ clippy::undocumented_unsafe_blocks
    unsafe { *bytes.as_ptr() }
}

//~ clippy::allow_attributes_without_reason
#[allow(clippy::needless_pass_by_value)]
fn without_a_reason(text: String) {
    drop(text);
}

/// Newer than the compiler that is promised.
#[clippy::msrv = "1.70.0"]
pub fn newer(bytes: &[u8]) -> bool {
    without_a_reason(String::new());
    //~ clippy::incompatible_msrv
    bytes.split_at_checked(1).is_some()
}

/// Methods that panic and have no lint of their own.
pub fn methods(bytes: &mut [u8], text: &str, index: usize, cell: &RefCell<u8>) {
    //~ slice::split_at
    let _ = bytes.split_at(index);
    //~ slice::split_at_mut
    let _ = bytes.split_at_mut(index);
    //~ slice::copy_from_slice
    bytes.copy_from_slice(&[1]);
    //~ slice::clone_from_slice
    bytes.clone_from_slice(&[1]);
    //~ slice::copy_within
    bytes.copy_within(1.., index);
    //~ slice::swap
    bytes.swap(0, index);
    //~ slice::rotate_left
    bytes.rotate_left(index);
    //~ slice::rotate_right
    bytes.rotate_right(index);
    //~ slice::select_nth_unstable
    let _ = bytes.select_nth_unstable(index);
    //~ slice::chunks
    let _ = bytes.chunks(index);
    //~ slice::chunks_mut
    let _ = bytes.chunks_mut(index);
    //~ slice::chunks_exact
    let _ = bytes.chunks_exact(index);
    //~ slice::rchunks
    let _ = bytes.rchunks(index);
    //~ slice::windows
    let _ = bytes.windows(index);
    //~ str::split_at
    let _ = text.split_at(index);
    //~ core::iter::Iterator::step_by
    let _ = bytes.iter().step_by(index);
    //~ core::iter::Iterator::sum
    let _ = bytes.iter().sum::<u8>();
    //~ core::iter::Iterator::product
    let _ = bytes.iter().product::<u8>();
    //~ core::cell::RefCell::borrow
    let _ = cell.borrow();
    //~ core::cell::RefCell::borrow_mut
    let _ = cell.borrow_mut();
}

/// The same on what owns its bytes.
pub fn owned(mut list: Vec<u8>, mut text: String, mut bytes: bytes::Bytes, index: usize) {
    //~ alloc::vec::Vec::insert
    list.insert(index, 0);
    //~ alloc::vec::Vec::remove
    let _ = list.remove(index);
    //~ alloc::vec::Vec::swap_remove
    let _ = list.swap_remove(index);
    //~ alloc::vec::Vec::drain
    let _ = list.drain(index..);
    //~ alloc::vec::Vec::split_off
    let _ = list.split_off(index);
    //~ alloc::vec::Vec::extend_from_within
    list.extend_from_within(index..);
    //~ alloc::string::String::insert
    text.insert(index, 'a');
    //~ alloc::string::String::insert_str
    text.insert_str(index, "a");
    //~ alloc::string::String::remove
    let _ = text.remove(index);
    //~ alloc::string::String::drain
    let _ = text.drain(index..);
    //~ alloc::string::String::split_off
    let _ = text.split_off(index);
    //~ alloc::string::String::replace_range
    text.replace_range(index.., "");
    //~ bytes::Bytes::slice
    let _ = bytes.slice(index..);
    //~ bytes::Bytes::split_to
    let _ = bytes.split_to(index);
    //~ bytes::Bytes::split_off
    let _ = bytes.split_off(index);
    //~ bytes::Buf::advance
    bytes::Buf::advance(&mut bytes, index);
    //~ bytes::Buf::copy_to_slice
    bytes::Buf::copy_to_slice(&mut bytes, &mut list);
    //~ bytes::Buf::get_u16_le
    let _ = bytes::Buf::get_u16_le(&mut bytes);
    //~ bytes::Buf::get_u32_le
    let _ = bytes::Buf::get_u32_le(&mut bytes);
    //~ bytes::Buf::get_u64_le
    let _ = bytes::Buf::get_u64_le(&mut bytes);
}
