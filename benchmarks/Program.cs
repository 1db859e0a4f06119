using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Bitrix24.Gen.Benchmarks;
using Bitrix24.Gen.Benchmarks.Build;
using Bitrix24.Gen.Benchmarks.Compile;
using Bitrix24.Gen.Benchmarks.Runtime;

if (args is ["build-cost", .. var build])
    return BuildCost.Run(build.FirstOrDefault(), build is [_, var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 5);

if (args is ["portals"])
    return await PortalMemoryGoal.PrintAsync();
if (args is ["shared-limiter", .. var servers])
    return await SharedLimiter.PrintAsync(servers is [var server] ? server : null);

// In process: the ratios of one run are what counts, and nothing is built again for each benchmark.
var config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(StatisticColumn.Median)
    .HideColumns(Column.Job, Column.Toolchain, Column.Error, Column.StdDev);

var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args is [] ? ["--filter", "*"] : args, config);
Goals.Print(summaries);
if (args is [])
{
    EmittedSource.Print();
    await AnalyzerShare.PrintAsync();
}

return 0;
