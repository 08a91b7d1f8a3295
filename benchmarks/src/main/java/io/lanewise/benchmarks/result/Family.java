package io.lanewise.benchmarks.result;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tasks that stand or fall together, from whatever list they come: what a summary takes a mean
 * over, and what can be measured alone. Some tasks belong to several families, some to none.
 */
public enum Family {
  /** Dense convolutions without Winograd's algorithm, so that ours do the work that is counted. */
  DENSE("dense", "kernel > 1, dense, ours without Winograd", Roof.PEAK) {
    @Override
    public boolean ours(Row row) {
      return super.ours(row) && !row.variant().contains("winograd");
    }
  },
  /** Where Winograd's algorithm applies, by the fastest way. */
  THREE("3x3", "3x3, stride 1, 14x14 and larger", Roof.PEAK),
  /** Convolutions without a window. */
  POINTWISE("1x1", "1x1", Roof.PEAK),
  /** A window for each channel: little to compute for what has to move. */
  DEPTHWISE("depthwise", "depthwise 3x3", Roof.COPY),
  /** Convolutions that have little in one of the directions that kernels are built around. */
  ODD("odd", "stems, 1-D, 3-D and small", Roof.PEAK),
  /** Plain matrix products. */
  GEMM("gemm", "matrix products", Roof.PEAK) {
    @Override
    public List<String> bestOf() {
      return PRODUCTS;
    }
  },
  /** Those of them with a vector: each number of the matrix is used once. */
  GEMV("gemv", "matrix times vector", Roof.COPY) {
    @Override
    public List<String> bestOf() {
      return PRODUCTS;
    }
  },
  /** Input gradients of convolutions. */
  BACKWARD_DATA("backward-data", "backward data", Roof.PEAK),
  /** Weight gradients of convolutions. */
  BACKWARD_WEIGHTS("backward-weights", "backward weights", Roof.PEAK),
  /** Convolutions whose images are channels first on both sides, for all contenders. */
  NCHW("nchw", "any convolution, nchw in and out", Roof.PEAK) {
    @Override
    public boolean ours(Row row) {
      return super.ours(row) && isNchw(row);
    }

    @Override
    public boolean theirs(Row row) {
      return super.theirs(row) && isNchw(row);
    }
  },
  /** Whole networks' convolutions, one after the other. */
  SEQUENCE("sequence", "sequences", Roof.PEAK),
  /** What memory bounds in the networks of the lists, convolutions apart. */
  MEMORY("memory", "pooling, LRN, batch norm + ReLU, softmax, add + ReLU", Roof.COPY),
  /** What else memory bounds. */
  STREAM("stream", "other elementwise functions, norms, sums, movements, resampling", Roof.COPY),
  /** Fully connected layers by narrow weights. */
  NARROW("narrow", "fully connected by 8 or 16 bit weights", Roof.COPY),
  /** Convolutions of codes. */
  INT8("int8", "int8 convolutions", Roof.PEAK),
  /** Networks as a whole. */
  MODELS("models", "whole models", Roof.PEAK);

  /** What the machine could do at most. */
  public enum Roof {
    /** Floating-point operations a second, of the direct algorithm. */
    PEAK,
    /** Bytes a second. */
    COPY
  }

  private static final Set<Op> MEMORY_BOUND =
      EnumSet.of(
          Op.MAX_POOL,
          Op.AVG_POOL,
          Op.GLOBAL_AVG_POOL,
          Op.LRN,
          Op.BATCH_NORM_RELU,
          Op.SOFTMAX,
          Op.ADD_RELU);
  private static final Set<Op> STREAMS =
      EnumSet.of(
          Op.MAX_POOL_BACKWARD,
          Op.AVG_POOL_BACKWARD,
          Op.RELU,
          Op.TANH,
          Op.SIGMOID,
          Op.SILU,
          Op.GELU,
          Op.LAYER_NORM,
          Op.GROUP_NORM,
          Op.INSTANCE_NORM,
          Op.SUM_ROWS,
          Op.SUM_COLUMNS,
          Op.ARGMAX,
          Op.CONCAT,
          Op.TRANSPOSE,
          Op.PAD,
          Op.FLIP,
          Op.SLICE,
          Op.RESIZE_LINEAR,
          Op.RESIZE_NEAREST,
          Op.GRID_SAMPLE,
          Op.DROPOUT,
          Op.QUANTISE,
          Op.DEQUANTISE);
  private static final long SMALL_FLOPS = 1_000_000; // of an image: LeNet's layers
  private static final int STEM_CHANNELS = 4; // of an image that comes from outside
  private static final int LEAST_SIDE = 14;
  private static final int IMAGE_RANK = 4;
  private static final List<String> PRODUCTS = List.of("onednn", "mkl", "openblas");

  private final String option;
  private final String title;
  private final Roof roof;

  Family(String option, String title, Roof roof) {
    this.option = option;
    this.title = title;
    this.roof = roof;
  }

  /** Its name on the command line. */
  public String option() {
    return option;
  }

  /** Which tasks these are, in words. */
  public String title() {
    return title;
  }

  /** What its share is taken of. */
  public Roof roof() {
    return roof;
  }

  /** The family of that name. */
  public static Optional<Family> named(String option) {
    return Arrays.stream(values()).filter(f -> f.option.equals(option)).findFirst();
  }

  /** True for its tasks. */
  public boolean has(Task task) {
    return switch (this) {
      case DENSE -> isDense(task);
      case THREE -> isThree(task);
      case POINTWISE -> isConv(task) && isPointwise(task.conv());
      case DEPTHWISE -> isConv(task) && isDepthwise(task.conv());
      case ODD -> isOdd(task);
      case GEMM -> task.op() == Op.GEMM;
      case GEMV -> task.op() == Op.GEMM && isVector(task.gemm());
      case BACKWARD_DATA -> task.op() == Op.CONV_BACKWARD_DATA;
      case BACKWARD_WEIGHTS -> task.op() == Op.CONV_BACKWARD_WEIGHTS;
      case NCHW -> isConv(task);
      case SEQUENCE -> task.op() == Op.CONV_SEQUENCE;
      case MEMORY -> MEMORY_BOUND.contains(task.op());
      case STREAM -> STREAMS.contains(task.op());
      case NARROW -> task.op() == Op.LINEAR_INT8 || task.op() == Op.LINEAR_BFLOAT16;
      case INT8 -> task.op() == Op.CONV_INT8;
      case MODELS -> task.op() == Op.MODEL;
    };
  }

  /**
   * True for its tasks that count for the share of the roof: not those that have too little to do,
   * nor what memory bounds among others, as products with a vector and the gradients of depthwise
   * convolutions.
   */
  public boolean roofed(Task task) {
    return switch (this) {
      case ODD -> !isSmall(task.conv());
      case GEMM -> !isVector(task.gemm());
      case BACKWARD_DATA, BACKWARD_WEIGHTS -> !task.conv().isDepthwise();
      default -> true;
    };
  }

  /** True for the rows of ours that may stand for us. */
  public boolean ours(Row row) {
    return ContenderInfo.ours(row.contender());
  }

  /** True for the rows of rivals that may stand for them. */
  public boolean theirs(Row row) {
    return !ContenderInfo.ours(row.contender());
  }

  /** The rivals of whom the best counts, task by task; none for all that take part. */
  public List<String> bestOf() {
    return List.of();
  }

  private static boolean isConv(Task task) {
    return task.op() == Op.CONV;
  }

  private static boolean isDense(Task task) {
    return isConv(task) && isWindow(task.conv());
  }

  /** Dense, with more than one element in a window. */
  private static boolean isWindow(ConvShape s) {
    return s.groups() == 1 && s.reduction() > s.ic();
  }

  /** True for images: one batch size, channels, height and width. */
  private static boolean isImage(ConvShape s) {
    return s.x().rank() == IMAGE_RANK;
  }

  private static boolean isThree(Task task) {
    if (!isDense(task)) {
      return false;
    }
    ConvShape s = task.conv();
    return isImage(s)
        && s.kh() == 3
        && s.kw() == 3
        && s.strideH() == 1
        && s.strideW() == 1
        && s.dilationH() == 1
        && s.dilationW() == 1
        && Math.min(s.oh(), s.ow()) >= LEAST_SIDE;
  }

  /** With any stride, as in ResNet's shortcuts. */
  private static boolean isPointwise(ConvShape s) {
    return s.groups() == 1 && s.reduction() == s.ic();
  }

  private static boolean isDepthwise(ConvShape s) {
    return isImage(s) && s.isDepthwise() && s.kh() == 3 && s.kw() == 3;
  }

  private static boolean isOdd(Task task) {
    if (!isDense(task)) {
      return false;
    }
    ConvShape s = task.conv();
    boolean line = s.ih() == 1 || s.iw() == 1;
    return s.ic() <= STEM_CHANNELS || line || !isImage(s) || isSmall(s);
  }

  private static boolean isVector(GemmShape s) {
    return Math.min(s.m(), s.n()) == 1;
  }

  private static boolean isSmall(ConvShape s) {
    return s.flops() < SMALL_FLOPS * s.n();
  }

  /** ONNX Runtime's nchwc blocks channels within the call: its images are nchw outside. */
  private static boolean isNchw(Row row) {
    return row.variant().startsWith("nchw");
  }
}
