/** Verdicts, plans, results and drift as commit statuses, comments, events and metrics. */
@NullMarked
package io.meshkeel.report;

import org.jspecify.annotations.NullMarked;
