package io.lanewise.propertytests.law.contract;

import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Subject;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ActivationSubject;
import io.lanewise.propertytests.subject.ConvSubject;
import io.lanewise.propertytests.subject.GemmSubject;
import io.lanewise.propertytests.subject.LinearSubject;
import io.lanewise.propertytests.subject.PoolSubject;
import io.lanewise.propertytests.subject.RowsSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The promises about memory and threads, for every operation that a backend has. */
public final class ContractLaws {
  private static final String SOURCE = "contract: the operation's Javadoc";

  /** One promise: its name behind {@code contract-}, what it says, and how it is checked. */
  private record Contract(String name, String formula, boolean wholeNumbers, Check check) {}

  private interface Check {
    void check(Call call, Trial trial);
  }

  private static final List<Contract> CONTRACTS =
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
              "outputs that share elements they may not share are refused",
              false,
              Contracts::overlaps),
          new Contract(
              "in-place",
              "arguments that may be the same change no bit if they are",
              false,
              Contracts::inPlace),
          new Contract("shapes", "wrong shapes are refused", false, Contracts::shapes),
          new Contract(
              "workspace",
              "too small a workspace is refused, a larger one changes no bit",
              false,
              Contracts::workspace),
          new Contract("dirt", "what the workspace held changes no bit", false, Contracts::dirt),
          new Contract("threads", "the same bits on any team", false, Contracts::threads),
          new Contract(
              "allocation",
              "a run of compiled code allocates nothing",
              false,
              Contracts::allocation));

  /** All of them. */
  public static final List<Law<?>> ALL =
      Stream.<List<? extends Law<?>>>of(
              laws(ConvSubject.INSTANCE, ConvCalls::of),
              laws(GemmSubject.INSTANCE, MatrixCalls::gemm),
              laws(LinearSubject.INSTANCE, MatrixCalls::linear),
              laws(PoolSubject.INSTANCE, PoolCalls::of),
              laws(ActivationSubject.INSTANCE, ElementCalls::activation),
              laws(RowsSubject.SOFTMAX, ElementCalls::softmax),
              laws(RowsSubject.CROSS_ENTROPY, ElementCalls::crossEntropy),
              PackingLaws.ALL)
          .<Law<?>>flatMap(List::stream)
          .toList();

  private ContractLaws() {}

  private static <S> List<Law<S>> laws(Subject<S> subject, Calls<S> calls) {
    List<Law<S>> laws = new ArrayList<>();
    for (Contract c : CONTRACTS) {
      laws.add(
          new Law<>(
              subject.name() + ".contract-" + c.name,
              subject,
              c.formula,
              SOURCE,
              (backend, shape, trial) -> {
                Calls.Data data =
                    new Calls.Data(
                        c.wholeNumbers ? trial::integers : trial::wideRange, trial.random());
                for (Call call : calls.of(backend, shape, data)) {
                  c.check.check(call, trial);
                }
              }));
    }
    return laws;
  }
}
