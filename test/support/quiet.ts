import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

// Only what is wrong: a test run is read by people.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: {
    logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) },
  },
});
