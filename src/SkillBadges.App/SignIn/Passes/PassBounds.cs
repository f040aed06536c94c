using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using SkillBadges.App.Http;

namespace SkillBadges.App.SignIn.Passes;

/// <summary>A page or an operation that somebody with a pass may reach; what they see there is limited by the rules.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReachableByPassAttribute : Attribute;

/// <summary>To who has a pass there is nothing but what is marked; on pages for everyone they are nobody.</summary>
internal sealed class PassBounds(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (CurrentActor.Of(context.User) is { Actor.IsLimited: true } && context.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<ReachableByPassAttribute>() is null)
        {
            if (metadata.GetMetadata<IAuthorizeData>() is not null && metadata.GetMetadata<IAllowAnonymous>() is null)
            {
                throw RequestRefused.With(404, "request.no-such-address", "There is nothing at this address.");
            }

            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        }

        return next(context);
    }
}
