/** The service's configuration: typed records, read from one YAML file. */
@NullMarked
package io.meshkeel.app.config;

import org.jspecify.annotations.NullMarked;
