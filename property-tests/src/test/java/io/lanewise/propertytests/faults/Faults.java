package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.ActivationMistake.*;
import static io.lanewise.propertytests.faults.ContractMistake.*;
import static io.lanewise.propertytests.faults.PoolMistake.*;
import static io.lanewise.propertytests.faults.ProductMistake.*;
import static io.lanewise.propertytests.faults.RoundingMistake.*;
import static io.lanewise.propertytests.faults.WindowMistake.*;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every fault that is seeded. */
final class Faults {
  static final List<Fault> ALL =
      Stream.of(convolution(), products(), pooling(), elements(), families())
          .flatMap(s -> s)
          .toList();

  private Faults() {}

  private static Stream<Fault> convolution() {
    return Stream.of(
            in(Place.DIRECT_CONV, WindowMistake.values()),
            in(Place.DIRECT_CONV, DirectConvMistake.values()),
            in(Place.DIRECT_CONV, EpilogueMistake.values()),
            in(Place.DIRECT_CONV, RoundingMistake.values()),
            in(Place.DIRECT_CONV, ContractMistake.values()),
            in(Place.IM2COL_CONV, FIRST_ROUNDED_DOWN, LAST_COLUMN_SKIPPED, PADDING_CUT_AT_KERNEL),
            in(Place.IM2COL_CONV, ProductMistake.values()),
            in(Place.DEEP_CONV, DeepMistake.values()),
            in(Place.TRANSPOSED_CONV, TransposedMistake.values()),
            in(Place.CONV_DATA, WindowMistake.values()),
            in(Place.CONV_DATA, ConvDataMistake.values()),
            in(Place.CONV_DATA, ContractMistake.values()),
            in(Place.CONV_WEIGHTS, WindowMistake.values()),
            in(Place.CONV_WEIGHTS, ConvWeightsMistake.values()),
            in(Place.CONV_WEIGHTS, ContractMistake.values()))
        .flatMap(s -> s);
  }

  private static Stream<Fault> products() {
    return Stream.of(
            in(Place.GEMM, ProductMistake.values()),
            in(Place.GEMM, GemmMistake.values()),
            in(Place.GEMM, RoundingMistake.values()),
            in(Place.GEMM, ContractMistake.values()),
            in(Place.LINEAR, LAST_BLOCK_DROPPED, TAIL_READS_ON, TAIL_UNFUSED, CORNER_DROPPED),
            in(
                Place.LINEAR,
                LinearMistake.BIAS_FORGOTTEN,
                LinearMistake.BIAS_BY_IMAGE,
                LinearMistake.BIAS_PER_BLOCK,
                LinearMistake.WEIGHTS_TRANSPOSED,
                LinearMistake.REPACK_IGNORED),
            in(Place.LINEAR, ContractMistake.values()),
            in(Place.LINEAR_DATA, LinearMistake.WEIGHTS_TRANSPOSED, LinearMistake.DX_ADDED),
            in(
                Place.LINEAR_WEIGHTS,
                LinearMistake.DW_OVERWRITTEN,
                LinearMistake.DB_OVERWRITTEN,
                LinearMistake.DB_LAST_IMAGE_DROPPED,
                LinearMistake.DW_MEAN))
        .flatMap(s -> s);
  }

  private static Stream<Fault> pooling() {
    return Stream.of(
            in(Place.MAX_POOL, STRIDES_SWAPPED, BOTTOM_FOR_TOP, DILATION_H_FOR_BOTH),
            in(Place.MAX_POOL, FIRST_COLUMN_SKIPPED, LAST_ROW_SKIPPED, END_INCLUSIVE),
            in(Place.MAX_POOL, STARTS_AT_ZERO, LAST_OF_EQUALS, PoolMistake.NAN_LOST),
            in(Place.MAX_POOL, PADDING_ALONE_GIVES_0, PADDING_ALONE_INDEX_0),
            in(Place.MAX_POOL, INDEX_IN_WINDOW, INDEX_IN_PADDED_PLANE, INDEX_BY_HEIGHT),
            in(Place.MAX_POOL, COLUMNS_TAIL_DROPPED, ODD_PLANE_DROPPED),
            in(Place.MAX_POOL, OVERLAP_OVERWRITTEN, NOT_CLEARED, PLANE_OF_IMAGE_0),
            in(Place.MAX_POOL, ContractMistake.values()),
            in(Place.AVG_POOL, PADDING_SWAPPED, RIGHT_FOR_LEFT, LAST_COLUMN_SKIPPED),
            in(Place.AVG_POOL, PADDING_COUNTS_ALWAYS, PADDING_COUNTS_NEVER, EMPTY_GIVES_NAN),
            in(Place.AVG_POOL, RIGHT_BORDER_WHOLE, COLUMNS_TAIL_DROPPED, ODD_PLANE_DROPPED),
            in(Place.AVG_POOL, OVERLAP_OVERWRITTEN, NOT_CLEARED, GRADIENT_BY_WINDOW),
            in(Place.AVG_POOL, BFLOAT16, LAST_BITS_LOST, SUBNORMALS_FLUSHED, SCALED_UP))
        .flatMap(s -> s);
  }

  private static Stream<Fault> elements() {
    return Stream.of(
            in(Place.ACTIVATION, ActivationMistake.values()),
            in(Place.ACTIVATION, LAST_BITS_LOST, SUBNORMALS_FLUSHED),
            in(Place.ACTIVATION, WRITES_ONE_BEYOND, CHANGES_INPUT, OFFSET_IGNORED),
            in(Place.ACTIVATION, OVERLAP_ACCEPTED, BITS_OF_WORKERS),
            in(
                Place.SOFTMAX,
                Arrays.stream(SoftmaxMistake.values())
                    .filter(m -> m.compareTo(SoftmaxMistake.LOSS_BY_LOG) < 0)
                    .toArray(Mistake[]::new)),
            in(Place.SOFTMAX, BFLOAT16, WRITES_ONE_BEYOND, CHANGES_INPUT, OVERLAP_ACCEPTED),
            in(
                Place.CROSS_ENTROPY,
                Arrays.stream(SoftmaxMistake.values())
                    .filter(m -> m.compareTo(SoftmaxMistake.LOSS_BY_LOG) >= 0)
                    .toArray(Mistake[]::new)))
        .flatMap(s -> s);
  }

  private static Stream<Fault> families() {
    return Stream.of(
            in(Place.POOLING, PoolingMistakes.ALL),
            in(Place.NORM, NormMistakes.ALL),
            in(Place.ARITHMETIC, ElementMistakes.ALL),
            in(Place.MOVEMENT, MovingMistakes.ALL),
            in(Place.RESAMPLE, SamplingMistakes.ALL),
            in(Place.DROPOUT, DropoutMistakes.ALL),
            in(Place.LOSS, LossMistakes.ALL),
            in(Place.QUANTISED, CodeMistakes.ALL))
        .flatMap(s -> s);
  }

  private static Stream<Fault> in(Place place, List<FamilyMistake> mistakes) {
    return in(place, mistakes.toArray(Mistake[]::new));
  }

  private static Stream<Fault> in(Place place, Mistake... mistakes) {
    return Arrays.stream(mistakes).map(m -> new Fault(place, m));
  }
}
