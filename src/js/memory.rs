//! Room to grow. Wasm memory grows in pages, each growth detaches every view that JavaScript holds, and the allocator asks for
//! no more than it needs; so whenever memory has grown, an eighth of it is asked for at once and given back to the allocator.
//! Growth is then geometric, and a database that fills up detaches views a few dozen times rather than thousands.

const PAGE_BYTES: usize = 64 * 1024;
/// One part in this many of the memory is kept as room. A smaller share would detach more often, a larger one waste more.
const SHARE: usize = 8;

/// Watches the size of wasm memory.
#[derive(Debug)]
pub struct Headroom {
    pages: usize,
}

impl Headroom {
    /// Starts from the memory as it is.
    pub fn new() -> Self {
        Headroom {
            pages: core::arch::wasm32::memory_size(0),
        }
    }

    /// Makes room if memory has grown since the last call.
    pub fn keep(&mut self) {
        if core::arch::wasm32::memory_size(0) == self.pages {
            return;
        }
        let room = core::arch::wasm32::memory_size(0) / SHARE * PAGE_BYTES;
        let mut reserve: Vec<u8> = Vec::new();
        // Refused near the end of the address space: then growth goes on page by page.
        let _ = reserve.try_reserve_exact(room);
        // Without a use the allocation would be optimised away.
        core::hint::black_box(&mut reserve);
        self.pages = core::arch::wasm32::memory_size(0);
    }
}
