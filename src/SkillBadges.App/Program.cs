using System.CommandLine;
using SkillBadges.App.Commands;

namespace SkillBadges.App;

/// <summary>Picks the command.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("SkillBadges: evidence, decisions and Open Badges 3.0 credentials that follow a learner from school to school.")
        {
            ServeCommand.Create(),
            DemoCommand.Create(),
            ImportCommand.Create(),
            ExportCommand.Create(),
            VerifyCommand.Create(),
            ValidateCommand.Create(),
            KeysCommand.Create(),
            BackupCommand.Create(),
            RebuildCommand.Create(),
            CheckCommand.Create(),
            RestoreCommand.Create(),
        };
        return root.Parse(args).InvokeAsync();
    }
}
