using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.SignIn.Passes;

namespace SkillBadges.App.SignIn.Passes;

/// <summary>Who has a pass is that supervisor, limited to the internships of passes that hold now on this device.</summary>
internal sealed class PassHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, PassCookies cookies, PassOpening opening)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "pass";
    public const string Claim = "pass";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var live = new List<(SupervisorPass Pass, string Placement)>();
        foreach (var known in cookies.Known(Request))
        {
            if (await opening.FindAsync(known.Placement, known.DeviceSecret, Context.RequestAborted) is { } found)
            {
                live.Add((found.Pass, known.Placement));
            }
        }

        if (live.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        // One person at a time: whoever opened a link last.
        var person = live[^1].Pass.Person;
        var identity = new ClaimsIdentity([new(CurrentActor.PersonClaim, person.Value)], SchemeName, CurrentActor.PersonClaim, roleType: null);
        identity.AddClaims(live.Where(one => one.Pass.Person == person).Select(one => new Claim(Claim, one.Placement)));
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Request.Path.StartsWithSegments("/api"))
        {
            Response.StatusCode = 401;
        }
        else
        {
            Response.Redirect("/pass");
        }

        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
