package io.meshkeel.reconcile;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.git.GitMirror;
import io.meshkeel.kube.Credentials;
import io.meshkeel.policy.Judge;
import io.meshkeel.report.EngineMetrics;
import io.meshkeel.report.Forge;
import io.meshkeel.report.Reporter;

/**
 * What the loops work with. The caller made them and closes them, after the reconciler.
 *
 * @param mirror where revisions come from
 * @param reader reads what they declare
 * @param judge says whether they may be applied
 * @param forge knows the open pull requests
 * @param reporter hears of everything
 * @param clusters opens connections
 * @param credentials what remote secrets are made from
 * @param metrics counts
 */
public record EngineParts(
    GitMirror mirror,
    DeclarationReader reader,
    Judge judge,
    Forge forge,
    Reporter reporter,
    ClusterConnector clusters,
    Credentials credentials,
    EngineMetrics metrics) {}
