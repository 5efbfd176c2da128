import { AccessModule, LocalAccounts, NoAccounts } from '@caretrail/access';
import { AssessmentModule } from '@caretrail/assessment';
import { BudgetsModule } from '@caretrail/budgets';
import { CommissioningModule } from '@caretrail/commissioning';
import { PeopleModule } from '@caretrail/people';
import { PlanningModule } from '@caretrail/planning';
import { Councils, HealthModule, type Platform, PlatformModule, StoredEndedSessions } from '@caretrail/platform';
import { ReturnsModule } from '@caretrail/returns';
import { SafeguardingModule } from '@caretrail/safeguarding';
import { SimulationModule } from '@caretrail/simulation';
import { databaseAsShown, viewModules } from '@caretrail/views';
import { CarryShown, LookUpClock, ReadYourWrites, type StyleSheet, WebModule } from '@caretrail/web';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CoreModule } from './core.module.js';

/** The whole house, for the server and for the command line. */
@Module({})
export class CaretrailModule {
  /**
   * @param options.styles the built style sheet when left out
   * @param options.follows whether this process runs projections and processes; true when left out
   */
  static forRoot(
    platform: Platform,
    { follows = true, ...options }: { readonly styles?: StyleSheet; readonly follows?: boolean } = {},
  ): DynamicModule {
    const { environment } = platform.configuration;
    const accounts = environment === 'production' ? new NoAccounts() : new LocalAccounts(environment);
    return {
      module: CaretrailModule,
      imports: [
        PlatformModule.forRoot({ ...platform, database: databaseAsShown(platform.database) }),
        HealthModule,
        CoreModule.forRoot(follows),
        AccessModule.forRoot({
          secret: platform.secrets.sessionSecret,
          accounts,
          ended: new StoredEndedSessions(platform.database),
        }),
        WebModule.forRoot({ councils: { existing: Councils }, ...options }),
        PeopleModule,
        AssessmentModule,
        BudgetsModule,
        PlanningModule,
        CommissioningModule,
        SafeguardingModule,
        ReturnsModule,
        SimulationModule,
        ...viewModules,
      ],
      providers: [
        { provide: APP_INTERCEPTOR, useClass: LookUpClock },
        { provide: APP_INTERCEPTOR, useClass: ReadYourWrites },
        { provide: APP_INTERCEPTOR, useClass: CarryShown },
      ],
    };
  }
}
