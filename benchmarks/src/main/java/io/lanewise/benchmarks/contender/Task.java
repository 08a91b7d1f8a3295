package io.lanewise.benchmarks.contender;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a contender is asked to compute. Its inputs are the same for all: uniform values in [-1, 1)
 * from a fixed seed for each operand.
 *
 * @param op the operation
 * @param shape in the text form of the operation's shape: {@code "m64 n3136 k576"} ({@link
 *     GemmShape}), {@code "n1 ic64 ih56 oc64 kh3 p1"} ({@link ConvShape}), {@code "n1 ic64 ih28
 *     oc32 kh2 s2"} ({@link TransposedConvShape}), {@code "n128 in400 out120"} ({@link
 *     LinearShape}), {@code "n1 c64 ih112 kh3 s2 p1"} ({@link PoolShape}), or for elementwise
 *     operations and all others the sizes of x, {@code "64x112x112"}; for a sequence of
 *     convolutions a list and a batch size, {@code "resnet50 n8"}; for a model its name, or its
 *     file, and the sizes of x, {@code "resnet50 1x3x224x224"}
 */
public record Task(Op op, String shape) {
  /** Seed of x, or of A in a matrix product. */
  public static final long SEED_X = 1;

  /** Seed of w, or of B. */
  public static final long SEED_W = 2;

  /** Seed of dy. */
  public static final long SEED_DY = 3;

  /** A number of [-1, 1] as a signed code of 8 bits is the nearest multiple of its inverse. */
  public static final int CODES = 127;

  private static final Pattern SEQUENCE = Pattern.compile("(\\S.*) n([1-9]\\d{0,4})");
  private static final Pattern MODEL = Pattern.compile("(\\S(?:.*\\S)?)\\s+(\\S+)");
  private static final Pattern SIZES = Pattern.compile("[1-9]\\d{0,9}(x[1-9]\\d{0,9})*");

  /**
   * Reads a task and brings its shape into the one form that the shape itself prints.
   *
   * @throws IllegalArgumentException naming what is not understood in the shape
   */
  public static Task of(Op op, String shape) {
    Task given = new Task(op, shape.strip());
    return switch (op.forward()) {
      case GEMM -> new Task(op, plain(given.gemm()).toString());
      case CONV, CONV_INT8 -> new Task(op, given.conv().toString());
      case CONV_SEQUENCE -> new Task(op, given.sequence().toString());
      case CONV_TRANSPOSED -> new Task(op, given.transposedConv().toString());
      case MODEL -> new Task(op, given.model().toString());
      case LINEAR, LINEAR_INT8, LINEAR_BFLOAT16 -> new Task(op, given.linear().toString());
      case MAX_POOL, AVG_POOL -> new Task(op, given.pool().toString());
      case SOFTMAX -> new Task(op, text(requireRows(given.sizes())));
      case GROUP_NORM -> new Task(op, text(requireGroups(requireAxes(op, given.sizes()))));
      default -> new Task(op, text(requireAxes(op, given.sizes())));
    };
  }

  private static GemmShape plain(GemmShape s) {
    if (s.transposeA() || s.transposeB() || s.accumulate()) {
      throw new IllegalArgumentException(
          "only plain products C = A·B are measured, got '" + s + "'");
    }
    return s;
  }

  private static Shape requireRows(Shape s) {
    if (s.rank() != 2) {
      throw new IllegalArgumentException(
          "softmax takes rows x classes, such as 128x1000, got " + text(s));
    }
    return s;
  }

  private static Shape requireAxes(Op op, Shape s) {
    if (op.axes() != 0 && s.rank() != op.axes()) {
      String example = op.axes() == 2 ? "rows x columns, such as 128x1000" : "1x64x56x56";
      throw new IllegalArgumentException(
          op.option() + " takes " + op.axes() + " sizes, " + example + ", got " + text(s));
    }
    return s;
  }

  private static Shape requireGroups(Shape s) {
    if (s.dim(1) % Op.GROUPS != 0) {
      throw new IllegalArgumentException(
          "group-norm takes a multiple of " + Op.GROUPS + " channels, got " + text(s));
    }
    return s;
  }

  private static String text(Shape s) {
    return Arrays.stream(s.toArray()).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }

  /** The shape of a matrix product's task. */
  public GemmShape gemm() {
    return GemmShape.parse(shape);
  }

  /** The shape of a convolution's task. */
  public ConvShape conv() {
    return ConvShape.parse(shape);
  }

  /**
   * A sequence's list.
   *
   * @param list name or path of the list
   * @param n batch size of all its convolutions
   */
  public record Sequence(String list, int n) {
    @Override
    public String toString() {
      return list + " n" + n;
    }
  }

  /**
   * The list of a sequence's task.
   *
   * @throws IllegalArgumentException if the shape is not like {@code "resnet50 n8"}
   */
  public Sequence sequence() {
    Matcher m = SEQUENCE.matcher(shape);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "a sequence is a list and a batch size, such as 'resnet50 n8', got '" + shape + "'");
    }
    return new Sequence(m.group(1), Integer.parseInt(m.group(2)));
  }

  /**
   * A whole network.
   *
   * @param name of a network that was made, or the path of an ONNX file
   * @param x sizes of its input; the first is the batch
   */
  public record Model(String name, Shape x) {
    /** With another batch size. */
    public Model withBatch(int n) {
      return new Model(name, x.withFirst(n));
    }

    @Override
    public String toString() {
      return name + " " + text(x);
    }
  }

  /**
   * The network of a model's task.
   *
   * @throws IllegalArgumentException if the shape is not like {@code "resnet50 1x3x224x224"}
   */
  public Model model() {
    Matcher m = MODEL.matcher(shape);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "a model is a name or file and the sizes of its input, such as 'resnet50 1x3x224x224',"
              + " got '"
              + shape
              + "'");
    }
    return new Model(m.group(1), new Task(op, m.group(2)).sizes());
  }

  /** The shape of a transposed convolution's task. */
  public TransposedConvShape transposedConv() {
    return TransposedConvShape.parse(shape);
  }

  /** The shape of a fully connected layer's task. */
  public LinearShape linear() {
    return LinearShape.parse(shape);
  }

  /** The shape of a pooling's task. */
  public PoolShape pool() {
    return PoolShape.parse(shape);
  }

  /**
   * The sizes of x in an elementwise task, or rows and classes in one of softmax.
   *
   * @throws IllegalArgumentException if the shape is not like {@code "64x112x112"}
   */
  public Shape sizes() {
    if (!SIZES.matcher(shape).matches()) {
      throw new IllegalArgumentException(
          "sizes are numbers from 1 with an x between them, such as 64x112x112, got '"
              + shape
              + "'");
    }
    String[] numbers = shape.split("x", -1);
    int[] dims = new int[numbers.length];
    for (int i = 0; i < dims.length; i++) {
      long size = Long.parseLong(numbers[i]);
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(numbers[i] + " is above 2^31 - 1 in '" + shape + "'");
      }
      dims[i] = (int) size;
    }
    return Shape.of(dims);
  }

  /** The class number of a row in {@link Op#SOFTMAX_CROSS_ENTROPY}. */
  public static int label(int row, int classes) {
    return (int) (7L * row % classes);
  }

  /** The class numbers of all rows. */
  public static int[] labels(int rows, int classes) {
    int[] labels = new int[rows];
    Arrays.setAll(labels, row -> label(row, classes));
    return labels;
  }

  /** The weights of a fully connected layer, rounded to what the operation's weights can be. */
  public Tensor linearWeights() {
    Tensor w = uniform(linear().w(), SEED_W);
    float[] values = w.array();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (op) {
            case LINEAR_INT8 -> Math.round(values[i] * CODES) * (1f / CODES);
            // The upper half of a float32 is a bfloat16.
            case LINEAR_BFLOAT16 ->
                Float.intBitsToFloat(Float.floatToRawIntBits(values[i]) & 0xffff0000);
            default -> values[i];
          };
    }
    return w;
  }

  /** Uniform values in [-1, 1), the same for the same seed. */
  public static Tensor uniform(Shape shape, long seed) {
    Tensor t = Tensor.zeros(shape);
    Random random = new Random(seed);
    float[] values = t.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return t;
  }

  /** Such as {@code "conv n1 ic64 ih56 oc64 kh3 p1"}. */
  @Override
  public String toString() {
    return op.option() + " " + shape;
  }
}
