package io.lanewise.onnx.file;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.sun.management.ThreadMXBean;
import io.lanewise.onnx.model.OnnxException;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.function.Executable;

/**
 * A model that must be refused.
 *
 * @param name what is wrong with it
 * @param expected what the message must contain
 * @param bytes the model
 */
record Bad(String name, String expected, Supplier<byte[]> bytes) {
  private static final long MOST_BYTES = 100 << 20;
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Bad model(String name, String expected, ModelProto.Builder model) {
    return new Bad(name, expected, () -> model.build().toByteArray());
  }

  void check() {
    byte[] model = bytes.get();
    refused(expected, () -> new OnnxReader().read(model));
  }

  /** Runs what must be refused, soon and without taking memory. */
  static OnnxException refused(String expected, Executable read) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    OnnxException e = assertThrows(OnnxException.class, read);
    long nanos = System.nanoTime() - start;
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    assertTrue(
        e.getMessage().contains(expected),
        () -> "expected '" + expected + "' in '" + e.getMessage() + "'");
    assertTrue(e.getMessage().length() < 20_000, "a message as long as the file");
    assertTrue(allocated < MOST_BYTES, "took " + allocated + " bytes");
    assertTrue(nanos < MOST_NANOS, "took " + nanos + " ns");
    return e;
  }

  @Override
  public String toString() {
    return name;
  }
}
