using System.Security.Claims;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.SignIn;

/// <summary>Looks up with each request whether its session still holds: signing out or closing an account takes effect at once.</summary>
internal sealed class LiveSessions(SignInWorkflow workflow)
{
    /// <summary>Also leaves the session for those who ask for a recent proof or a second factor.</summary>
    public async Task<bool> HoldsAsync(ClaimsPrincipal principal, HttpContext context)
    {
        var session = principal.FindFirst(CurrentActor.PersonClaim)?.Value is { Length: > 0 } person
            ? await workflow.FindAsync(principal.FindFirst(CurrentActor.SessionClaim)?.Value, PersonId.From(person), context.RequestAborted)
            : null;
        context.Features.Set(session);
        return session is not null;
    }
}
