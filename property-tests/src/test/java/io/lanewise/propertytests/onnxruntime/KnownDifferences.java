package io.lanewise.propertytests.onnxruntime;

import static io.lanewise.propertytests.onnxruntime.KnownDifference.fails;
import static io.lanewise.propertytests.onnxruntime.KnownDifference.failsOnSomeProcessors;
import static io.lanewise.propertytests.onnxruntime.KnownDifference.notOffered;

import java.util.List;

/**
 * The maintained list: every law that ONNX Runtime does not keep as we do, and why. What is said of
 * its inside stands in the sources of its kernel library, {@code onnxruntime/core/mlas/lib}.
 */
final class KnownDifferences {
  static final List<KnownDifference> ALL =
      List.of(
          failsOnSomeProcessors(
              "The products of each thread's slice of columns are summed in blocks of k whose length"
                  + " follows from the slice's width, and each block's sum is added to C: another"
                  + " number of threads, other bits (sgemm.cpp).",
              "bits.plain"),
          failsOnSomeProcessors(
              "One row or one column of C has a kernel of its own, which sums in another order than"
                  + " the blocked one. So a column computed alone, one image of a batch, or a"
                  + " transposed product has other bits (sgemm.cpp).",
              "gemm.transpose-bits",
              "gemm.column-blocks",
              "gemm.row-blocks",
              "gemm.sum-blocks-bits",
              "linear.batch-slice"),
          failsOnSomeProcessors(
              "What C holds comes back unscaled where the sum is empty: beta is left out.",
              "gemm.factors"),
          failsOnSomeProcessors(
              "Which path a convolution takes depends on the number of its groups, and the paths"
                  + " round otherwise (convolve.cpp).",
              "conv.group-split-forward"),
          failsOnSomeProcessors(
              "tanh is a quotient of two polynomials, clamped at ±9. Its numerator is below the"
                  + " normal numbers for tiny x, where digits are lost, down to -0 for the"
                  + " smallest; and near 1 the quotient may round to more than 1 (tanh.cpp).",
              "activation.agreement",
              "activation.specials",
              "activation.bounds",
              "activation.doubling",
              "activation.monotone"),
          failsOnSomeProcessors(
              "The logistic function is such a quotient, too, clamped at ±18: its digits are lost"
                  + " where it is close to 0, and in what is made of it (logistic.cpp).",
              "activation.backward-agreement",
              "activation.central-differences"),
          failsOnSomeProcessors(
              "The vector maximum of x86 returns its second operand if one is a NaN: a NaN counts"
                  + " or vanishes, depending on where in the window it stands.",
              "pool.max-specials"),
          fails(
              "Each run makes a session, copies in and copies out: the adapter's doing, as a"
                  + " session keeps its own memory.",
              "conv.contract-allocation",
              "gemm.contract-allocation",
              "linear.contract-allocation",
              "pool.contract-allocation",
              "activation.contract-allocation",
              "softmax.contract-allocation"),
          notOffered(
              "ONNX has no operator for it, and the library on Maven Central is the one for"
                  + " inference.",
              "no gradient of a convolution's weights"),
          notOffered(
              "Gradients of pools are not in the library either; and it refuses padding as wide as"
                  + " the window (pool_attributes.h). Laws about both passes are not offered.",
              "no gradient of max pooling",
              "no gradient of average pooling",
              "pools need padding smaller than the window"),
          notOffered(
              "The adapter has one plan for a shape, and what it runs inside sums products; a transposed"
                  + " convolution is what it runs for an input gradient.",
              "only as a convolution's input gradient",
              "there is only one algorithm",
              "no algorithm transforms first"),
          notOffered(
              "The library for inference has no kernel for the operator.", "no cross-entropy"),
          notOffered(
              "The adapter runs the operations that a convolutional network cannot do without; of"
                  + " these families ONNX has operators for many, which it does not ask for.",
              "no family of poolings",
              "no normalisations",
              "no PReLU",
              "along an axis",
              "no arithmetic",
              "no movements",
              "no resampling",
              "no dropout",
              "no losses",
              "no quantised operations"));

  private KnownDifferences() {}
}
