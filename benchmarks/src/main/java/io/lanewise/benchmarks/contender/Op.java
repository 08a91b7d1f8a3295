package io.lanewise.benchmarks.contender;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The operations that can be measured, with the operands that a contender makes and returns. */
public enum Op {
  /** {@code C = A·B}: returns C. */
  GEMM,
  /** Convolution without bias, weights packed beforehand: returns y. */
  CONV,
  /** Convolution's input gradient, weights packed beforehand: returns dx. */
  CONV_BACKWARD_DATA,
  /** Convolution's weight gradient, overwritten or added to zeros: returns dw. */
  CONV_BACKWARD_WEIGHTS,
  /**
   * All convolutions of a list one after the other, each as often as a network has it, with weights
   * of its own, its input what the last one wrote, results clamped to [-1, 1]: returns what each of
   * them makes of its usual operands, unclamped.
   */
  CONV_SEQUENCE,
  /** Transposed convolution without bias, weights packed beforehand: returns y. */
  CONV_TRANSPOSED,
  /** Fully connected layer without bias, weights packed beforehand: returns y. */
  LINEAR,
  /** Fully connected layer's input gradient: returns dx. */
  LINEAR_BACKWARD_DATA,
  /** Fully connected layer's weight gradient, overwritten or added to zeros: returns dw. */
  LINEAR_BACKWARD_WEIGHTS,
  /** Max pooling: returns y. */
  MAX_POOL,
  /** Max pooling's input gradient; where the greatest were is found beforehand: returns dx. */
  MAX_POOL_BACKWARD,
  /** Average pooling, padding not counted: returns y. */
  AVG_POOL,
  /** Average pooling's input gradient: returns dx. */
  AVG_POOL_BACKWARD,
  /** Returns max(x, 0). */
  RELU,
  /** Returns dy where x is above 0, else 0; y is computed beforehand. */
  RELU_BACKWARD,
  /** Returns tanh(x). */
  TANH,
  /** Returns dy·(1 - y²), where y = tanh(x) is computed beforehand. */
  TANH_BACKWARD,
  /** Softmax over rows: returns y. */
  SOFTMAX(2),
  /** Softmax's input gradient; y is computed beforehand: returns dx. */
  SOFTMAX_BACKWARD,
  /**
   * Softmax, the mean of its cross-entropy with {@link Task#label class numbers}, and the gradient
   * of that mean, in one run: returns the gradient.
   */
  SOFTMAX_CROSS_ENTROPY,
  /** Local response normalisation over {@value #LRN_SIZE} channels, as in GoogLeNet: returns y. */
  LRN(4),
  /** Batch normalisation by given statistics, and ReLU: returns y. */
  BATCH_NORM_RELU(4),
  /** The mean of each channel: returns y. */
  GLOBAL_AVG_POOL(4),
  /** Returns max(a + b, 0). */
  ADD_RELU,
  /** Returns 1 / (1 + exp(-x)). */
  SIGMOID,
  /** Returns x · sigmoid(x). */
  SILU,
  /** Returns x · (1 + erf(x / sqrt(2))) / 2. */
  GELU,
  /** Normalises each row: returns y. */
  LAYER_NORM(2),
  /** Normalises {@value #GROUPS} groups of each image's channels: returns y. */
  GROUP_NORM(4),
  /** Normalises each channel of each image: returns y. */
  INSTANCE_NORM(4),
  /** The sum of each row. */
  SUM_ROWS(2),
  /** The sum of each column. */
  SUM_COLUMNS(2),
  /** Where each row is greatest. */
  ARGMAX(2),
  /** Two images' channels one behind the other. */
  CONCAT(4),
  /** Rows become columns. */
  TRANSPOSE(2),
  /** A frame of zeros around each image, one wide. */
  PAD(4),
  /** Each row from its end. */
  FLIP(4),
  /** Every second element of each row. */
  SLICE(4),
  /** Images twice as high and wide, linear between pixels. */
  RESIZE_LINEAR(4),
  /** Images twice as high and wide, each pixel four times. */
  RESIZE_NEAREST(4),
  /** Images turned by a tenth of a radian: a grid's places, linear between pixels. */
  GRID_SAMPLE(4),
  /** Half of the elements dropped, the others doubled; each contender has its own generator. */
  DROPOUT,
  /** Numbers become codes of 8 bits, returned as numbers. */
  QUANTISE,
  /** Codes of 8 bits become numbers. */
  DEQUANTISE,
  /** Fully connected layer by weights that are multiples of 1/127: returns y. */
  LINEAR_INT8,
  /** Fully connected layer by weights that bfloat16 holds: returns y. */
  LINEAR_BFLOAT16,
  /**
   * Convolution of 8-bit codes by 8-bit codes, whose sums become 8-bit codes again; a code may be
   * off by one, where a sum was rounded another way: returns the codes as numbers.
   */
  CONV_INT8,
  /**
   * A whole network, from an ONNX file, for one image or several: returns all that it gives of
   * float32, one output behind the other.
   */
  MODEL;

  /** Channels of {@link #LRN}'s window. */
  public static final int LRN_SIZE = 5;

  /** Groups of {@link #GROUP_NORM}. */
  public static final int GROUPS = 32;

  private final int axes;

  Op() {
    this(0);
  }

  Op(int axes) {
    this.axes = axes;
  }

  /**
   * How many sizes its x has: 2 of rows, 4 of images [n][c][h][w]; 0 if it has any number, or a
   * shape of another form.
   */
  public int axes() {
    return axes;
  }

  /** Its name on the command line, such as {@code conv-backward-data}. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The operation of that name. */
  public static Optional<Op> named(String option) {
    return Arrays.stream(values()).filter(op -> op.option().equals(option)).findFirst();
  }

  /** The operation whose shapes these are: the layer that a gradient belongs to, or itself. */
  public Op forward() {
    return switch (this) {
      case CONV_BACKWARD_DATA, CONV_BACKWARD_WEIGHTS -> CONV;
      case LINEAR_BACKWARD_DATA, LINEAR_BACKWARD_WEIGHTS -> LINEAR;
      case MAX_POOL_BACKWARD -> MAX_POOL;
      case AVG_POOL_BACKWARD -> AVG_POOL;
      case RELU_BACKWARD -> RELU;
      case TANH_BACKWARD -> TANH;
      case SOFTMAX_BACKWARD, SOFTMAX_CROSS_ENTROPY -> SOFTMAX;
      default -> this;
    };
  }
}
