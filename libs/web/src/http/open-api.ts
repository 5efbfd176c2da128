import { Public } from '@caretrail/access';
import { Controller, Get, type INestApplication, Inject, Injectable } from '@nestjs/common';
import { ApiExcludeController, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The description of the API, made when it is first asked for; pages and health are no part of it. */
@Injectable()
export class OpenApiDocument {
  private app?: INestApplication;
  private document?: OpenAPIObject;

  describe(app: INestApplication): void {
    this.app = app;
  }

  get(): OpenAPIObject {
    if (!this.app) throw new Error('setUpWeb was not called on this application.');
    return (this.document ??= documentOf(this.app));
  }
}

function documentOf(app: INestApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('Caretrail')
    .setDescription(
      'Commands and queries for commissioning adult social care. Errors are problem details (RFC 9457) with rule, section and field.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, settings);
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/api/'));
  return { ...document, paths: Object.fromEntries(paths) };
}

@ApiExcludeController()
@Controller('api')
export class OpenApiController {
  constructor(@Inject(OpenApiDocument) private readonly document: OpenApiDocument) {}

  @Public()
  @Get('openapi.json')
  openApi(): OpenAPIObject {
    return this.document.get();
  }
}
