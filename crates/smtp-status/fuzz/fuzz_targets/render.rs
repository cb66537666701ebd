#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| smtp_status_fuzz::render(data));
