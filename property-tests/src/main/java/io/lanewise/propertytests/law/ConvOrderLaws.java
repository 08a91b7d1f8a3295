package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Axes.permutation;
import static io.lanewise.propertytests.law.Axes.pick;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Images, channels and groups have no order: what goes in in another order comes out in it. Where
 * the pass does not sum over what is moved, each element is the same sum in the same order, and so
 * has the same bits.
 */
final class ConvOrderLaws {
  private static final int IMAGES = 0; // dimensions of images and their gradients
  private static final int CHANNELS = 1;
  private static final int FILTERS = 0; // dimensions of weights and their gradient
  private static final int INPUTS = 1;
  private static final String INDICES = "renaming of the indices of ConvShape's sum";

  static final List<Law<ConvShape>> ALL =
      Stream.of(
              PassLaws.of(
                  "batch-order",
                  ConvSubject.INSTANCE,
                  "images moved move in f; f = dw stays",
                  INDICES,
                  (pass, backend, s, trial) ->
                      check(pass, backend, s, trial, batch(s, trial.random()))),
              PassLaws.of(
                  "input-channel-order",
                  ConvSubject.INSTANCE,
                  "channels of x and w moved within their groups move in f; f = y stays",
                  INDICES,
                  (pass, backend, s, trial) ->
                      check(pass, backend, s, trial, inputs(s, trial.random()))),
              PassLaws.of(
                  "output-channel-order",
                  ConvSubject.INSTANCE,
                  "filters and their outputs moved within their groups move in f; f = dx stays",
                  INDICES,
                  (pass, backend, s, trial) ->
                      check(pass, backend, s, trial, outputs(s, trial.random()))),
              PassLaws.of(
                  "group-order",
                  ConvGroupLaws.GROUPED,
                  "groups of x, w and y moved move in f",
                  INDICES,
                  (pass, backend, s, trial) ->
                      check(pass, backend, s, trial, groups(s, trial.random()))))
          .flatMap(List::stream)
          .toList();

  private ConvOrderLaws() {}

  /**
   * How x, w and y, or their gradients, are put into another order.
   *
   * @param summed the pass that sums over what is moved, so that its bits may change; or null
   */
  private record Order(
      UnaryOperator<Tensor> x, UnaryOperator<Tensor> w, UnaryOperator<Tensor> y, ConvPass summed) {}

  private static Order batch(ConvShape s, SplittableRandom random) {
    int[] order = permutation(s.n(), random);
    UnaryOperator<Tensor> images = t -> pick(t, IMAGES, order);
    return new Order(images, w -> w, images, ConvPass.WEIGHT_GRADIENT);
  }

  private static Order inputs(ConvShape s, SplittableRandom random) {
    int[] within = permutation(s.icg(), random);
    int[] channels = inEachGroup(s.groups(), within);
    return new Order(
        x -> pick(x, CHANNELS, channels), w -> pick(w, INPUTS, within), y -> y, ConvPass.FORWARD);
  }

  private static Order outputs(ConvShape s, SplittableRandom random) {
    int[] channels = inEachGroup(s.groups(), permutation(s.ocg(), random));
    return new Order(
        x -> x,
        w -> pick(w, FILTERS, channels),
        y -> pick(y, CHANNELS, channels),
        ConvPass.INPUT_GRADIENT);
  }

  private static Order groups(ConvShape s, SplittableRandom random) {
    int[] order = permutation(s.groups(), random);
    int[] in = wholeGroups(order, s.icg());
    int[] out = wholeGroups(order, s.ocg());
    return new Order(
        x -> pick(x, CHANNELS, in), w -> pick(w, FILTERS, out), y -> pick(y, CHANNELS, out), null);
  }

  private static int[] inEachGroup(int groups, int[] within) {
    return IntStream.range(0, groups * within.length)
        .map(i -> i / within.length * within.length + within[i % within.length])
        .toArray();
  }

  private static int[] wholeGroups(int[] order, int size) {
    return IntStream.range(0, order.length * size)
        .map(i -> order[i / size] * size + i % size)
        .toArray();
  }

  private static void check(ConvPass pass, Backend backend, ConvShape s, Trial trial, Order order) {
    boolean summed = pass == order.summed;
    Tensor a = summed ? trial.integers(pass.left(s)) : trial.floats(pass.left(s));
    Tensor b = summed ? trial.integers(pass.right(s)) : trial.floats(pass.right(s));
    Tensor a2 = pass.left(order.x, order.w, order.y).apply(a);
    Tensor b2 = pass.right(order.x, order.w, order.y).apply(b);
    for (ConvRun run : summed ? pass.exactRuns(backend, s) : pass.runs(backend, s)) {
      Tensor out = run.of(a, b);
      ConvLaws.requireAlive(trial, s, out);
      Tensor want = pass.out(order.x, order.w, order.y).apply(out);
      Tensor got = run.of(a2, b2);
      if (summed) {
        trial.equal(run + " reordered", want, got);
      } else {
        trial.sameBits(run + " reordered", want, got);
      }
    }
  }
}
