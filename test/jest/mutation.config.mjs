// What kills mutants: the unit tests of the deciders and policies alone.
import config from '../../jest.config.mjs';

const unit = config.projects.find(({ displayName }) => displayName === 'unit');
export default { ...unit, testMatch: ['<rootDir>/libs/*/src/domain/**/*.spec.ts'] };
