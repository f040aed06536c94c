using System.Collections.Immutable;
using System.Reflection;
using System.Security.Claims;
using SkillBadges.App.SignIn.Passes;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Http;

/// <summary>
/// Who asks, for an endpoint's parameter. Only the person comes from the sign-in; what they may do is read from the
/// store, so a role claim in a token would be no use to anyone.
/// </summary>
internal sealed record CurrentActor(Actor Actor, string? Session) : IBindableFromHttpContext<CurrentActor>
{
    public const string PersonClaim = "sub";
    public const string SessionClaim = "sid";

    public PersonId Person => Actor.Person;

    /// <summary>The session of ours; tokens of other authorities have none.</summary>
    public string RequireSession() => Session ?? throw RequestRefused.SignInFirst();

    public static CurrentActor? Of(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && user.FindFirst(PersonClaim)?.Value is { Length: > 0 } person
            ? new(new(PersonId.From(person)) { OnlyPlacements = LimitOf(user) }, user.FindFirst(SessionClaim)?.Value)
            : null;

    private static ImmutableArray<string> LimitOf(ClaimsPrincipal user) =>
        user.Identity?.AuthenticationType == PassHandler.SchemeName ? [.. user.FindAll(PassHandler.Claim).Select(claim => claim.Value)] : default;

    public static ValueTask<CurrentActor?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<CurrentActor?>(Of(context.User) ?? throw RequestRefused.SignInFirst());
}
