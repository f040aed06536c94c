using SkillBadges.App.Jobs;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.SignIn;

/// <summary>Writes the letter with the link, if there is an account to write to and a folder to put letters in.</summary>
internal sealed class PasswordResetLetter(PasswordResetWorkflow workflow, InstanceAddress address, Settings settings) : IOutboxHandler
{
    public string Topic => PasswordResetWorkflow.Topic;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        if (settings.MailFolder is { } folder && await workflow.MakeForLetterAsync(subject, cancellationToken) is { } reset)
        {
            await Letters.PutAsync(folder, reset.Account.LoginName, "Set a new password", $"""
                Someone, hopefully you, asked to set a new password at {address.BaseUrl}.

                {address.Link($"/reset-password/{reset.Secret}")}

                The link can be used once within an hour. If it was not you, nothing needs to be done.
                """, cancellationToken);
        }
    }
}
