import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { OpenApiController, OpenApiDocument } from './http/open-api.js';
import { CouncilDirectory } from './page/council-directory.port.js';
import { PageRenderer } from './page/page-renderer.js';
import { StandingPagesController } from './page/standing-pages.controller.js';
import { StyleSheet } from './page/style-sheet.js';
import { SignInDesk } from './session/sign-in-desk.js';
import { SessionsController, SignInController } from './session/sign-in.controller.js';

/** Pages, sign-in, styles and errors; needs `AccessModule`, and `setUpWeb` on the application. */
@Module({})
export class WebModule {
  /**
   * @param options.councils an instance, or the injection token of a provider of a global module (the platform's register)
   * @param options.styles the built style sheet where it is left out
   */
  static forRoot(options: {
    readonly councils: CouncilDirectory | { readonly existing: NonNullable<Parameters<typeof aliasOf>[0]> };
    readonly styles?: StyleSheet;
  }): DynamicModule {
    const councils: Provider =
      'existing' in options.councils
        ? aliasOf(options.councils.existing)
        : { provide: CouncilDirectory, useValue: options.councils };
    return {
      module: WebModule,
      global: true,
      controllers: [SignInController, SessionsController, StandingPagesController, OpenApiController],
      providers: [
        councils,
        { provide: StyleSheet, useFactory: () => options.styles ?? StyleSheet.built() },
        PageRenderer,
        OpenApiDocument,
        SignInDesk,
      ],
      exports: [CouncilDirectory, PageRenderer, StyleSheet, OpenApiDocument],
    };
  }
}

function aliasOf(existing: string | symbol | (abstract new (...args: never[]) => object)): Provider {
  return { provide: CouncilDirectory, useExisting: existing };
}
