package io.lanewise.rivals.bytedeco;

import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Arrays in oneDNN's layouts, freed together. */
final class OneDnnMemory implements AutoCloseable {
  private final List<Pointer> owned = new ArrayList<>();
  private final engine cpu = own(new engine(engine.kind.cpu, 0));
  private final stream queue = own(new stream(cpu));

  /** The engine that everything runs on. */
  engine cpu() {
    return cpu;
  }

  /** The stream that everything runs in, one after another. */
  stream stream() {
    return queue;
  }

  /** Has {@code p} freed with the rest. */
  <P extends Pointer> P own(P p) {
    owned.add(p);
    return p;
  }

  /** Describes float32 values in a layout. */
  static memory.desc desc(long[] dims, memory.format_tag layout) {
    return new memory.desc(dims, memory.data_type.f32, layout);
  }

  /** Memory in that layout, to be written. */
  memory allocate(memory.desc layout) {
    return own(new memory(layout, cpu));
  }

  /**
   * The values in layout {@code to}.
   *
   * @param plain the layout that {@code values} have
   */
  memory fill(Tensor values, memory.desc plain, memory.desc to) {
    memory result = allocate(to);
    if (plain.equals(to)) {
      floats(result).put(values.array(), values.offset(), values.size());
    } else {
      put(values, plain, result);
    }
    return result;
  }

  /**
   * Writes the values to memory in whatever layout.
   *
   * @param plain the layout that {@code values} have
   */
  void put(Tensor values, memory.desc plain, memory to) {
    memory filled = new memory(plain, cpu);
    floats(filled).put(values.array(), values.offset(), values.size());
    reorder(filled, to);
    filled.deallocate();
  }

  /** A copy of what {@code m} holds, in layout {@code plain}. */
  float[] read(memory m, memory.desc plain) {
    memory copy = new memory(plain, cpu);
    reorder(m, copy);
    float[] values = new float[Math.toIntExact(plain.get_size() / Float.BYTES)];
    floats(copy).get(values, 0, values.length);
    copy.deallocate();
    return values;
  }

  /** The array itself. */
  static FloatPointer floats(memory m) {
    return new FloatPointer(m.get_data_handle());
  }

  private void reorder(memory from, memory to) {
    try (reorder r = new reorder(from, to)) {
      r.execute(queue, from, to);
      queue._wait();
    }
  }

  @Override
  public void close() {
    for (Pointer p : owned.reversed()) {
      p.deallocate();
    }
    owned.clear();
  }
}
