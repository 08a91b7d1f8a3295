package io.lanewise.benchmarks.check;

import io.lanewise.benchmarks.contender.Task;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the reference says about a task's output: all of a small one, chosen parts of a large one
 * (the first, middle and last channel, where tiles begin, repeat and end). Made once, written to a
 * file, and held against every contender.
 */
public final class Expectation {
  private final String task;
  private final int size;
  private final List<Part> parts;

  Expectation(String task, int size, List<Part> parts) {
    this.task = task;
    this.size = size;
    this.parts = List.copyOf(parts);
  }

  /** What is compared. */
  List<Part> parts() {
    return parts;
  }

  /** Asks the reference; a large convolution takes it a second. */
  public static Expectation of(Task task) {
    return switch (task.op()) {
      case GEMM -> MatrixExpectation.gemm(task);
      case CONV -> ConvExpectation.forward(task);
      case CONV_BACKWARD_DATA -> ConvExpectation.backwardData(task);
      case CONV_BACKWARD_WEIGHTS -> ConvExpectation.backwardWeights(task);
      case CONV_SEQUENCE -> SequenceExpectation.of(task);
      case CONV_TRANSPOSED -> ConvExpectation.transposed(task);
      case LINEAR, LINEAR_INT8, LINEAR_BFLOAT16 -> MatrixExpectation.linear(task);
      case LINEAR_BACKWARD_DATA -> MatrixExpectation.linearBackwardData(task);
      case LINEAR_BACKWARD_WEIGHTS -> MatrixExpectation.linearBackwardWeights(task);
      case MAX_POOL, MAX_POOL_BACKWARD, AVG_POOL, AVG_POOL_BACKWARD -> PoolExpectation.of(task);
      case RELU, RELU_BACKWARD, TANH, TANH_BACKWARD -> ElementwiseExpectation.of(task);
      case SOFTMAX, SOFTMAX_BACKWARD, SOFTMAX_CROSS_ENTROPY -> SoftmaxExpectation.of(task);
      case MODEL -> ModelExpectation.of(task);
      case LRN -> LrnExpectation.of(task);
      case RESIZE_LINEAR, RESIZE_NEAREST, GRID_SAMPLE -> ResampleExpectation.of(task);
      default -> PlannedExpectation.of(task);
    };
  }

  /** Compares an output; besides the parts, every element must be a finite number. */
  public Verdict check(float[] got) {
    if (got.length != size) {
      return new Verdict(
          0, 0, Optional.of(task + ": expected " + size + " elements, got " + got.length));
    }
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(got[i])) {
        return new Verdict(0, 0, Optional.of(task + ": element " + i + " is " + got[i]));
      }
    }
    double worst = 0;
    double greatest = 0;
    double squaredErrors = 0;
    double squares = 0;
    String problem = null;
    for (Part part : parts) {
      for (int i = 0; i < part.size(); i++) {
        float want = part.want(i);
        float value = got[part.offset() + i * part.stride()];
        double error = Math.abs((double) value - want);
        worst = Math.max(worst, error);
        greatest = Math.max(greatest, Math.abs(want));
        squaredErrors += error * error;
        squares += (double) want * want;
        if (error > part.bound(i) && problem == null) {
          problem =
              task
                  + ", "
                  + part.where()
                  + ": element "
                  + i
                  + " is "
                  + value
                  + ", expected "
                  + want
                  + " within "
                  + part.bound(i);
        }
      }
    }
    // Where nothing but zeros is right there is no scale: the differences themselves.
    return new Verdict(
        greatest == 0 ? worst : worst / greatest,
        Math.sqrt(squares == 0 ? squaredErrors : squaredErrors / squares),
        Optional.ofNullable(problem));
  }

  /** Writes it for other processes. */
  public void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeUTF(task);
      out.writeInt(size);
      out.writeInt(parts.size());
      for (Part part : parts) {
        out.writeUTF(part.where());
        out.writeInt(part.offset());
        out.writeInt(part.stride());
        out.writeInt(part.size());
        for (int i = 0; i < part.size(); i++) {
          out.writeFloat(part.want(i));
          out.writeDouble(part.bound(i));
        }
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Expectation read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      String task = in.readUTF();
      int size = in.readInt();
      int count = in.readInt();
      List<Part> parts = new ArrayList<>();
      for (int p = 0; p < count; p++) {
        String where = in.readUTF();
        int offset = in.readInt();
        int stride = in.readInt();
        float[] want = new float[in.readInt()];
        double[] bounds = new double[want.length];
        for (int i = 0; i < want.length; i++) {
          want[i] = in.readFloat();
          bounds[i] = in.readDouble();
        }
        parts.add(new Part(where, offset, stride, want, bounds));
      }
      return new Expectation(task, size, parts);
    }
  }
}
