using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.SignIn;

/// <summary>What <see cref="StepUp"/> is for programs, for a form: who has not shown password and code within five minutes shows them in the form itself.</summary>
internal sealed class SessionProof(SignInWorkflow workflow, IDocumentStore store, TimeProvider clock)
{
    public const string PasswordField = "ProofPassword";
    public const string CodeField = "ProofCode";

    /// <summary>What the form has to ask.</summary>
    public async Task<(bool IsAsked, bool NeedsCode)> AskAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (IsRecent(context))
        {
            return (false, false);
        }

        var me = CurrentActor.Of(context.User) ?? throw RequestRefused.SignInFirst();
        return (true, await store.FindAsync(AccountDocuments.Kind, me.Person.Value, cancellationToken) is { Document.HasSecondFactor: true });
    }

    /// <summary>Reads the proof from the form that was sent.</summary>
    /// <exception cref="RefusedException"><c>session.wrong-password</c>, <c>session.second-factor</c>, <c>session.wrong-code</c>, <c>session.ended</c>.</exception>
    public async Task RequireAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!IsRecent(context))
        {
            var me = CurrentActor.Of(context.User) ?? throw RequestRefused.SignInFirst();
            var form = context.Request.Form;
            var code = form[CodeField].ToString();
            await workflow.ConfirmAsync(me.Person, me.RequireSession(), form[PasswordField].ToString(), code.Length == 0 ? null : code, cancellationToken);
        }
    }

    private bool IsRecent(HttpContext context) => context.Features.Get<Session>() is { } session && clock.Now() - session.ConfirmedAt <= Session.Recent;
}
