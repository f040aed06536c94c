using Microsoft.AspNetCore.Authorization;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.SignIn;

/// <summary>An endpoint that people must reach to set up their second factor.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReachableWithoutSecondFactorAttribute : Attribute;

internal static class StepUp
{
    /// <summary>For keys and the like: the session must have shown password or code within five minutes. Tokens of other authorities cannot.</summary>
    public static RouteHandlerBuilder RequireStepUp(this RouteHandlerBuilder builder) => builder
        .AddEndpointFilter((context, next) =>
        {
            var session = context.HttpContext.Features.Get<Session>() ?? throw RequestRefused.SignInFirst();
            session.RequireRecent(context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().Now());
            return next(context);
        })
        .Refuses(403, "session.confirm-again");

    public static TBuilder WithoutSecondFactor<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ReachableWithoutSecondFactorAttribute());
}

/// <summary>Where the setting asks for it: who is more than a student or guardian does nothing before they set up a second factor.</summary>
internal sealed class StaffSecondFactor(RequestDelegate next, Settings settings, IDocumentStore store, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (settings.StaffSecondFactor && CurrentActor.Of(context.User) is { Session: not null } actor
            && context.Features.Get<Session>() is not { UsedSecondFactor: true }
            && context.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<IAuthorizeData>() is not null && metadata.GetMetadata<IAllowAnonymous>() is null
            && metadata.GetMetadata<ReachableWithoutSecondFactorAttribute>() is null
            && await IsStaffAsync(actor.Person, context.RequestAborted))
        {
            throw RequestRefused.With(403, "session.second-factor-required", "Your role needs a second factor. Please set one up on the page of your account.");
        }

        await next(context);
    }

    private async Task<bool> IsStaffAsync(PersonId person, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var memberships = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(person.Value), cancellationToken);
        return memberships.Documents.Any(membership => membership.HoldsAt(now) && membership.Role is not (Role.Student or Role.Guardian));
    }
}
