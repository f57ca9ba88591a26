package io.meshkeel.policy.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import io.meshkeel.policy.text.GoAddress;
import io.meshkeel.policy.text.GoDuration;
import io.meshkeel.policy.text.GoUrl;
import java.time.Duration;

/**
 * CEL as the API server has it: standard functions, the extensions for texts, lists, sets and
 * optional values, and Kubernetes' own functions for URLs and addresses. Any thread.
 */
final class CelEnvironment {
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableOptionalSyntax(true)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private final CelCompiler compiler;
  private final CelRuntime runtime;

  private CelEnvironment() {
    compiler = compiler();
    runtime = runtime();
  }

  /** Made when the first rule is compiled. */
  private static final class Shared {
    static final CelEnvironment INSTANCE = new CelEnvironment();
  }

  static CelEnvironment shared() {
    return Shared.INSTANCE;
  }

  /**
   * @throws IllegalArgumentException if the expression is no CEL
   */
  CelRuntime.Program program(String expression) {
    try {
      CelAbstractSyntaxTree tree = compiler.compile(expression).getAst();
      return runtime.createProgram(tree);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(
          "the rule '" + expression + "' can't be compiled: " + e.getMessage(), e);
    }
  }

  private static CelCompiler compiler() {
    // What a value is, is known from its schema and tested before; so rules see it untyped.
    CelType any = SimpleType.DYN;
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .setStandardEnvironmentEnabled(false)
        .setStandardDeclarations(
            CelStandardDeclarations.newBuilder()
                .excludeFunctions(CelStandardDeclarations.StandardFunction.DURATION)
                .build())
        .addVar("self", any)
        .addVar("oldSelf", any)
        .addLibraries(
            CelExtensions.strings(),
            CelExtensions.lists(),
            CelExtensions.sets(OPTIONS),
            CelExtensions.optional())
        .addFunctionDeclarations(
            newFunctionDeclaration(
                "duration",
                newGlobalOverload("go_duration", SimpleType.DURATION, SimpleType.STRING),
                newGlobalOverload(
                    "duration_to_duration", SimpleType.DURATION, SimpleType.DURATION)),
            test("isURL"),
            test("isIP"),
            newFunctionDeclaration("url", newGlobalOverload("go_url", any, SimpleType.STRING)),
            part("getScheme"),
            part("getHost"),
            part("getHostname"),
            part("getPort"))
        .build();
  }

  private static CelFunctionDecl test(String name) {
    return newFunctionDeclaration(
        name, newGlobalOverload("go_" + name, SimpleType.BOOL, SimpleType.STRING));
  }

  private static CelFunctionDecl part(String name) {
    return newFunctionDeclaration(
        name, newMemberOverload("go_" + name, SimpleType.STRING, SimpleType.DYN));
  }

  private static CelRuntime runtime() {
    return CelRuntimeFactory.plannerRuntimeBuilder()
        .setOptions(OPTIONS)
        .setStandardFunctions(
            CelStandardFunctions.newBuilder().excludeFunctions(StandardFunction.DURATION).build())
        .addLibraries(
            CelExtensions.strings(),
            CelExtensions.lists(),
            CelExtensions.sets(OPTIONS),
            CelExtensions.optional())
        .addFunctionBindings(
            CelFunctionBinding.fromOverloads(
                "duration",
                CelFunctionBinding.from("go_duration", String.class, CelEnvironment::duration),
                CelFunctionBinding.from("duration_to_duration", Duration.class, d -> d)))
        .addFunctionBindings(test("isURL", text -> GoUrl.parseRequest(text).isPresent()))
        .addFunctionBindings(test("isIP", CelEnvironment::isAddress))
        .addFunctionBindings(
            CelFunctionBinding.fromOverloads(
                "url", CelFunctionBinding.from("go_url", String.class, CelEnvironment::url)))
        .addFunctionBindings(part("getScheme", GoUrl::scheme))
        .addFunctionBindings(part("getHost", GoUrl::host))
        .addFunctionBindings(part("getHostname", GoUrl::hostname))
        .addFunctionBindings(part("getPort", GoUrl::port))
        .build();
  }

  private static Iterable<CelFunctionBinding> test(
      String name, CelFunctionOverload.Unary<String> test) {
    return CelFunctionBinding.fromOverloads(
        name, CelFunctionBinding.from("go_" + name, String.class, test));
  }

  private static Iterable<CelFunctionBinding> part(
      String name, CelFunctionOverload.Unary<GoUrl> part) {
    return CelFunctionBinding.fromOverloads(
        name, CelFunctionBinding.from("go_" + name, GoUrl.class, part));
  }

  private static Object duration(String text) {
    return Duration.ofNanos(
        GoDuration.nanos(text)
            .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no duration")));
  }

  private static Object url(String text) {
    if (GoUrl.parseRequest(text).isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' is no URL");
    }
    return GoUrl.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no URL"));
  }

  /** Neither a zone nor an IPv4 address written as IPv6 counts for Kubernetes. */
  private static Object isAddress(String text) {
    return GoAddress.of(text)
        .filter(address -> address.zone().isEmpty() && !address.mapped())
        .isPresent();
  }
}
