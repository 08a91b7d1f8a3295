package io.lanewise.rivals.bytedeco;

import static io.lanewise.rivals.bytedeco.OneDnnMemory.desc;
import static io.lanewise.rivals.bytedeco.OneDnnMemory.floats;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.lanewise.benchmarks.ConvSequence;
import io.lanewise.benchmarks.ShapeFile;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.javacpp.Pointer;

/**
 * A list's convolutions one after the other, in memory as in a network: each layer has weights of
 * its own, images go to and fro between two arrays. A layer takes what lies there for its own
 * layout: nothing is reordered, which favours oneDNN where two layers would not agree.
 */
final class OneDnnSequence implements Prepared {
  private final OneDnnMemory memory;
  private final boolean ownLayout;
  private final ConvSequence sequence;
  private final List<Step> steps = new ArrayList<>();

  private record Step(OneDnnConv conv, primitive run, IntMemoryMap arguments, memory x, memory y) {}

  OneDnnSequence(OneDnnMemory memory, Task task, boolean ownLayout) {
    this.memory = memory;
    this.ownLayout = ownLayout;
    sequence = ConvSequence.of(task);
    List<OneDnnConv> convs = new ArrayList<>();
    List<convolution_forward.primitive_desc> plans = new ArrayList<>();
    long most = 1;
    for (ShapeFile.Entry<ConvShape> layer : sequence.layers()) {
      OneDnnConv conv = new OneDnnConv(memory, layer.shape(), ownLayout);
      convolution_forward.primitive_desc plan = memory.own(conv.clamped());
      most = Math.max(most, Math.max(plan.src_desc().get_size(), plan.dst_desc().get_size()));
      convs.add(conv);
      plans.add(plan);
    }
    Pointer even = images(most / Float.BYTES);
    Pointer odd = images(most / Float.BYTES);
    for (int line = 0; line < plans.size(); line++) {
      for (int i = 0; i < sequence.layers().get(line).count(); i++) {
        boolean forth = steps.size() % 2 == 0;
        add(convs.get(line), plans.get(line), forth ? even : odd, forth ? odd : even);
      }
    }
  }

  /** An array of ones that holds any layer's input or output. */
  private Pointer images(long floats) {
    memory images = memory.allocate(desc(new long[] {floats}, format_tag.a));
    float[] ones = new float[Math.toIntExact(floats)];
    Arrays.fill(ones, 1);
    floats(images).put(ones, 0, ones.length);
    return images.get_data_handle();
  }

  private void add(
      OneDnnConv conv, convolution_forward.primitive_desc plan, Pointer from, Pointer to) {
    memory x = memory.own(new memory(plan.src_desc(), memory.cpu(), from));
    memory y = memory.own(new memory(plan.dst_desc(), memory.cpu(), to));
    IntMemoryMap arguments = memory.own(new IntMemoryMap());
    arguments.put(DNNL_ARG_SRC, x);
    arguments.put(DNNL_ARG_WEIGHTS, conv.weights(plan.weights_desc()));
    arguments.put(DNNL_ARG_DST, y);
    steps.add(new Step(conv, memory.own(new primitive(plan)), arguments, x, y));
  }

  @Override
  public void run() {
    for (Step step : steps) {
      step.run.execute(memory.stream(), step.arguments);
    }
    memory.stream()._wait();
  }

  /**
   * What each line makes of its usual operands, unclamped; every layer has to make the same of
   * them, but clamped.
   *
   * @throws IllegalStateException if one does not
   */
  @Override
  public float[] output() {
    float[] output = new float[sequence.outputSize()];
    int step = 0;
    int end = 0;
    for (ShapeFile.Entry<ConvShape> layer : sequence.layers()) {
      float[] y = unclamped(layer.shape());
      System.arraycopy(y, 0, output, end, y.length);
      end += y.length;
      for (int i = 0; i < layer.count(); i++) {
        check(steps.get(step++), y);
      }
    }
    return output;
  }

  private float[] unclamped(ConvShape shape) {
    try (Prepared one = new OneDnnConv(new OneDnnMemory(), shape, ownLayout).forward()) {
      one.run();
      return one.output();
    }
  }

  private void check(Step step, float[] unclamped) {
    step.conv.fillInput(step.x);
    step.run.execute(memory.stream(), step.arguments);
    memory.stream()._wait();
    float[] got = step.conv.readOutput(step.y);
    for (int i = 0; i < got.length; i++) {
      float want = Math.clamp(unclamped[i], -1f, 1f);
      if (!(Math.abs(got[i] - want) < 1e-3f)) { // other sums than the clamp's may round otherwise
        throw new IllegalStateException(
            "element " + i + " in a sequence is " + got[i] + ", expected " + want);
      }
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
