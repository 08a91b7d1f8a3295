package io.lanewise.onnx;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Calls that are over, for those that come. Taking and giving back allocate nothing. */
final class CallPool {
  private static final int MOST = 64;

  private final OnnxSession session;
  private final AtomicReferenceArray<OnnxCall> free = new AtomicReferenceArray<>(MOST);

  CallPool(OnnxSession session) {
    this.session = session;
  }

  OnnxCall take() {
    for (int i = 0; i < MOST; i++) {
      OnnxCall call = free.get(i);
      if (call != null && free.compareAndSet(i, call, null)) {
        return call;
      }
    }
    return new OnnxCall(session);
  }

  /** Kept if there is room. */
  void giveBack(OnnxCall call) {
    for (int i = 0; i < MOST; i++) {
      if (free.get(i) == null && free.compareAndSet(i, null, call)) {
        return;
      }
    }
  }
}
