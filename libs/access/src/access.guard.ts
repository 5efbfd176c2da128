import { Forbidden } from '@caretrail/kernel';
import {
  type CanActivate,
  createParamDecorator,
  type CustomDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Account, Role } from './account.js';
import { refuseCrossSite } from './cross-origin.js';
import { Sessions, type SignedInRequest } from './sessions.js';

/** Under this key a controller or handler carries who may use it: roles, or `public`. */
export const ACCESS_POLICY = 'caretrail:access';
export type AccessPolicy = readonly Role[] | 'public';

/** Who may use this controller or handler. With no role named: everybody who has signed in. */
export const Allow = (...roles: Role[]): CustomDecorator => SetMetadata(ACCESS_POLICY, roles);

/** Anybody, signed in or not. */
export const Public = (): CustomDecorator => SetMetadata(ACCESS_POLICY, 'public');

/** The account that signed in, as a parameter of a handler. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): Account | undefined => {
  return context.switchToHttp().getRequest<SignedInRequest>().account;
});

/** Nobody has signed in: pages lead to the sign-in page, the API answers 401. */
export class SignInNeeded extends UnauthorizedException {
  constructor() {
    super('Sign in first. An API call needs a token from POST /api/sessions as “Authorization: Bearer …”.');
  }
}

/** Asked before every handler: what nobody declared is closed to everybody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
  ) {}

  /** @throws SignInNeeded, Forbidden */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest & { readonly method: string }>();
    const policy = this.reflector.getAllAndOverride<AccessPolicy | undefined>(ACCESS_POLICY, [
      context.getHandler(),
      context.getClass(),
    ]);
    refuseCrossSite(request);
    const account = await this.sessions.signIn(request);
    if (policy === 'public') return true;
    if (!policy) throw new Forbidden('Nobody has said who may use this, so nobody may.');
    if (!account) throw new SignInNeeded();
    if (policy.length && !policy.includes(account.role))
      throw new Forbidden(
        `Your role (${account.role}) does not open this. Ask your team manager if your work needs it.`,
      );
    return true;
  }
}
