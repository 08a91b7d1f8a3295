package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Subject;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ActivationCase;
import io.lanewise.propertytests.subject.ActivationSubject;
import io.lanewise.propertytests.subject.ConvSubject;
import io.lanewise.propertytests.subject.FamilyCase;
import io.lanewise.propertytests.subject.FamilySubject;
import io.lanewise.propertytests.subject.GemmSubject;
import io.lanewise.propertytests.subject.LinearSubject;
import io.lanewise.propertytests.subject.PoolSubject;
import io.lanewise.propertytests.subject.RowsShape;
import io.lanewise.propertytests.subject.RowsSubject;
import io.lanewise.propertytests.subject.TransposedConvSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The promises about memory and threads, for every operation that a backend has. */
public final class ContractLaws {
  private static final String ALLOCATION = "allocation";
  private static final String SOURCE = "contract: the operation's Javadoc";

  /** One promise: its name behind {@code contract-}, what it says, and how it is checked. */
  private record Contract(
      String name,
      String formula,
      boolean wholeNumbers,
      boolean wide,
      Predicate<Call> applies,
      Check check) {
    Contract(String name, String formula, boolean wholeNumbers, Check check) {
      this(name, formula, wholeNumbers, true, call -> true, check);
    }

    /** About some runs only. */
    Contract where(Predicate<Call> some) {
      return new Contract(name, formula, wholeNumbers, wide, some, check);
    }

    /** On data that no function takes to an infinity. */
    Contract ofFloats() {
      return new Contract(name, formula, wholeNumbers, false, applies, check);
    }

    Function<Shape, Tensor> values(Trial trial) {
      return wholeNumbers ? trial::integers : wide ? trial::wideRange : trial::floats;
    }
  }

  private interface Check {
    void check(Call call, Trial trial);
  }

  private static final List<Contract> EVERYWHERE =
      List.of(
          new Contract(
              "window",
              "nothing around an output is written, and its offset changes no bit",
              false,
              Contracts::window),
          new Contract("inputs", "what is read is not written", false, Contracts::inputs),
          new Contract(
              "outputs",
              "every output element is written, or added to, whatever it held",
              true,
              Contracts::everything),
          new Contract(
                  "overlap",
                  "outputs that share elements they may not share are refused, neighbours are not",
                  false,
                  Contracts::overlaps)
              .where(call -> !call.apart().isEmpty() || !call.same().isEmpty()),
          new Contract("shapes", "wrong shapes are refused", false, Contracts::shapes)
              .where(call -> !call.takesAnyShape()),
          new Contract("threads", "the same bits on any team", false, Contracts::threads),
          new Contract(
              ALLOCATION,
              "a run of compiled code allocates nothing",
              false,
              Contracts::allocation));

  /** For runs that take a workspace. */
  private static final List<Contract> WITH_WORKSPACE =
      List.of(
          new Contract(
              "workspace",
              "too small a workspace is refused, a larger one changes no bit",
              false,
              Contracts::workspace),
          new Contract("dirt", "what the workspace held changes no bit", false, Contracts::dirt));

  /** For runs with arguments that may be the same. */
  private static final List<Contract> IN_PLACE =
      List.of(
          new Contract(
                  "in-place",
                  "arguments that may be the same change no bit if they are",
                  false,
                  Contracts::inPlace)
              .where(call -> !call.same().isEmpty()));

  private static final List<Calls<ConvShape>> CONV =
      List.of(ConvCalls::forward, ConvCalls::backwardData, ConvCalls::backwardWeights);
  private static final List<Calls<TransposedConvShape>> TRANSPOSED =
      List.of(
          TransposedConvCalls::forward,
          TransposedConvCalls::backwardData,
          TransposedConvCalls::backwardWeights);
  private static final List<Calls<GemmShape>> GEMM = List.of(MatrixCalls::gemm);
  private static final List<Calls<LinearShape>> LINEAR =
      List.of(MatrixCalls::forward, MatrixCalls::backwardData, MatrixCalls::backwardWeights);
  private static final List<Calls<PoolShape>> POOL_FORWARD =
      List.of(PoolCalls::maxForward, PoolCalls::avgForward);
  private static final List<Calls<PoolShape>> POOL =
      List.of(
          PoolCalls::maxForward,
          PoolCalls::maxBackward,
          PoolCalls::avgForward,
          PoolCalls::avgBackward);
  private static final List<Calls<ActivationCase>> ACTIVATION =
      List.of(ElementCalls::activationForward, ElementCalls::activationBackward);
  private static final List<Calls<RowsShape>> SOFTMAX =
      List.of(ElementCalls::softmaxForward, ElementCalls::softmaxBackward);
  private static final List<Calls<RowsShape>> CROSS_ENTROPY =
      List.of(ElementCalls::crossEntropyForward, ElementCalls::crossEntropyBackward);

  static final List<Family> FAMILIES =
      List.of(
          PoolingFamily.FAMILY,
          NormFamily.FAMILY,
          ActivationFamily.FAMILY,
          ArithmeticFamily.FAMILY,
          MovementFamily.FAMILY,
          ResamplingFamily.FAMILY,
          DropoutFamily.FAMILY,
          LossFamily.FAMILY,
          QuantisedFamily.FAMILY);

  /** All of them. */
  public static final List<Law<?>> ALL =
      Stream.<List<? extends Law<?>>>of(
              laws(ConvSubject.INSTANCE, EVERYWHERE, CONV),
              laws(ConvSubject.INSTANCE, WITH_WORKSPACE, CONV),
              laws(TransposedConvSubject.INSTANCE, EVERYWHERE, TRANSPOSED),
              laws(TransposedConvSubject.INSTANCE, WITH_WORKSPACE, TRANSPOSED),
              laws(GemmSubject.INSTANCE, EVERYWHERE, GEMM),
              laws(GemmSubject.INSTANCE, WITH_WORKSPACE, GEMM),
              laws(GemmSubject.INSTANCE, IN_PLACE, List.of(MatrixCalls::gemmOfOneShape)),
              laws(LinearSubject.INSTANCE, EVERYWHERE, LINEAR),
              laws(LinearSubject.INSTANCE, WITH_WORKSPACE, LINEAR),
              laws(PoolSubject.INSTANCE, EVERYWHERE, POOL),
              laws(PoolSubject.INSTANCE, WITH_WORKSPACE, POOL_FORWARD),
              laws(ActivationSubject.INSTANCE, EVERYWHERE, ACTIVATION),
              laws(ActivationSubject.INSTANCE, IN_PLACE, ACTIVATION),
              laws(RowsSubject.SOFTMAX, EVERYWHERE, SOFTMAX),
              laws(RowsSubject.SOFTMAX, IN_PLACE, SOFTMAX),
              laws(RowsSubject.CROSS_ENTROPY, EVERYWHERE, CROSS_ENTROPY),
              laws(RowsSubject.CROSS_ENTROPY, IN_PLACE, CROSS_ENTROPY),
              PackingLaws.ALL,
              families(),
              FamilyAlgebra.ALL)
          .<Law<?>>flatMap(List::stream)
          .toList();

  private ContractLaws() {}

  /** Each family's laws and contracts; allocation has a test of its own, ZeroAllocationTest. */
  private static List<Law<?>> families() {
    List<Law<?>> all = new ArrayList<>();
    for (Family f : FAMILIES) {
      all.addAll(FamilyLaws.of(f));
      List<Calls<FamilyCase>> passes = List.of(f::calls);
      for (List<Contract> some : List.of(EVERYWHERE, WITH_WORKSPACE, IN_PLACE)) {
        for (Contract c : some) {
          FamilySubject subject = f.subject(c.applies);
          if (!c.name.equals(ALLOCATION) && !subject.isEmpty()) {
            all.addAll(laws(subject, List.of(c.ofFloats()), passes));
          }
        }
      }
    }
    return all;
  }

  private static <S> List<Law<S>> laws(
      Subject<S> subject, List<Contract> contracts, List<Calls<S>> passes) {
    List<Law<S>> laws = new ArrayList<>();
    for (Contract c : contracts) {
      laws.add(
          new Law<>(
              subject.name() + ".contract-" + c.name,
              subject,
              c.formula,
              SOURCE,
              (backend, shape, trial) -> check(c, passes, backend, shape, trial)));
    }
    return laws;
  }

  private static <S> void check(
      Contract c, List<Calls<S>> passes, Backend backend, S shape, Trial trial) {
    Calls.Data data = new Calls.Data(c.values(trial), trial.random());
    Offered.each(
        passes.stream()
            .<Runnable>map(pass -> () -> check(c, pass.of(backend, shape, data), trial))
            .toList());
  }

  private static void check(Contract c, List<Call> calls, Trial trial) {
    List<Call> meant = calls.stream().filter(c.applies).toList();
    if (meant.isEmpty() && !calls.isEmpty()) {
      throw new UnsupportedOperationException("not a promise of " + calls.getFirst().what());
    }
    meant.forEach(call -> c.check.check(call, trial));
  }
}
